import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** A certificate that nobody vouches for but itself, for these names of this machine; made by openssl. */
export function selfSigned(names: readonly string[] = ["DNS:localhost", "IP:127.0.0.1"]): Certificate {
  const folder = mkdtempSync(join(tmpdir(), "querygenie-certificate-"));
  const key = join(folder, "key.pem");
  const cert = join(folder, "cert.pem");
  try {
    const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
    const about = ["-days", "2", "-subj", "/CN=querygenie test", "-addext", `subjectAltName=${names.join(",")}`];
    const done = spawnSync("openssl", ["req", "-x509", ...curve, "-keyout", key, "-out", cert, ...about]);
    if (done.status !== 0) throw new Error(`openssl made no certificate: ${String(done.stderr)}`);
    return { key: readFileSync(key, "utf8"), cert: readFileSync(cert, "utf8") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
