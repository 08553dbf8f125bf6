/** How a provider is reached. Nothing else is read: no environment, no profile on disk. */
export interface ProviderOptions {
  readonly apiKey: string;
  /** In place of the provider's own address, such as a proxy's. */
  readonly baseUrl?: string;
}
