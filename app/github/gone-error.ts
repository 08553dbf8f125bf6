/** The account has suspended or removed the App, or taken the repository from it: there is nobody to work for. */
export class GoneError extends Error {
  constructor(cause: unknown) {
    super("The App is not installed there.", { cause });
    this.name = "GoneError";
  }
}
