import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

/** A secret that nobody guesses: 256 random bits in 43 characters of base64url. */
export const freshSecret = (): string => randomBytes(32).toString("base64url");

/** True for what `freshSecret` may have made. */
export const isSecret = (text: string): boolean => /^[\w-]{43}$/.test(text);

/** What may be stored of a secret: it has too many bits to be found from its hash. */
export const hashOf = (secret: string): string => createHash("sha256").update(secret).digest("base64url");

/** Takes the same time wherever two texts differ first, and whatever their lengths. */
export function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

export interface SecretBox {
  /** Encrypts a text; `about` says what for, and must be said again to open it. */
  readonly seal: (text: string, about: string) => string;
  /** The text; null for what this key has not sealed about this. */
  readonly open: (sealed: string, about: string) => string | null;
  /** A proof that only this key makes of a text. */
  readonly sign: (text: string) => string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** AES-256-GCM and HMAC-SHA256 with keys of their own, both made of `secret`. */
export function secretBox(secret: string): SecretBox {
  const key = (use: string): Buffer => Buffer.from(hkdfSync("sha256", secret, "querygenie", use, 32));
  const sealKey = key("seal");
  const signKey = key("sign");
  return {
    seal(text, about) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealKey, nonce).setAAD(Buffer.from(about));
      const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
    },
    open(sealed, about) {
      const bytes = Buffer.from(sealed, "base64url");
      if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv("aes-256-gcm", sealKey, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString();
      } catch {
        // The one thing that a GCM cipher says of a text that is not its own.
        return null;
      }
    },
    sign: (text) => createHmac("sha256", signKey).update(text).digest("base64url"),
  };
}
