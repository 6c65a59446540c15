/** How far the training is: a bar on a terminal, plain lines elsewhere. */

import type { WriteStream } from "node:tty";
import type { Position } from "@cotangent/data";
import { SingleBar } from "cli-progress";

/** Shows steps and prints lines between them. */
export interface Progress {
  readonly show: (position: Position, loss: number) => void;
  readonly print: (line: string) => void;
  readonly stop: () => void;
}

/** Progress through epochs of `length` steps. */
export const progressOn = (stream: WriteStream, length: number): Progress =>
  stream.isTTY ? bar(stream, length) : lines(length);

const bar = (stream: WriteStream, length: number): Progress => {
  const single = new SingleBar({
    stream,
    format: "epoch {epoch} [{bar}] {value}/{total}, loss {loss}, {eta_formatted} left",
    barsize: 30,
    hideCursor: true,
    clearOnComplete: true,
    // Ctrl-C is for the training to see.
    gracefulExit: false,
  });
  return {
    show: ({ epoch, index }, loss) => {
      const payload = { epoch: epoch + 1, loss: loss.toFixed(3) };
      if (!single.isActive) single.start(length, 0, payload);
      single.update(index + 1, payload);
    },
    print: (line) => {
      single.stop();
      console.log(line);
    },
    stop: () => {
      single.stop();
    },
  };
};

/** A line every hundred steps. */
const lines = (length: number): Progress => ({
  show: ({ epoch, index }, loss) => {
    const step = index + 1;
    if (step % 100 === 0 || step === length) {
      console.log(`epoch ${epoch + 1}, step ${step}/${length}, loss ${loss.toFixed(3)}`);
    }
  },
  print: (line) => {
    console.log(line);
  },
  stop: () => undefined,
});
