import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

export interface OddServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Accepts and never says a word. */
export const silentServer = (): Promise<OddServer> => listen(() => undefined);

/** Passes everything on to a server of this machine and cuts the line when the answers have this many bytes. */
export const cuttingProxy = (to: number, bytes: number): Promise<OddServer> =>
  listen((socket) => {
    const server = connect(to, "127.0.0.1");
    let left = bytes;
    socket.pipe(server);
    server.on("error", () => socket.destroy());
    server.on("data", (chunk: Buffer) => {
      socket.write(chunk.subarray(0, Math.max(0, left)));
      left -= chunk.length;
      if (left > 0) return;
      socket.destroy();
      server.destroy();
    });
  });

async function listen(serve: (socket: Socket) => void): Promise<OddServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- A server that listens on a port has no other address.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
