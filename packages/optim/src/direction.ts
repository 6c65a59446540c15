/** What PyTorch's optimisers do to a gradient before anything else. */

import { add, mul, neg } from "@cotangent/core";
import { mapTree } from "./map-tree.js";

interface Directed {
  readonly maximize: boolean;
  /** The factor of an L2 penalty, of ½ λ ‖p‖². */
  readonly weightDecay: number;
}

/** The gradient to go down: turned round when maximising, then with the penalty's own: `±g + λ p`. */
export const direction = (
  operation: string,
  params: unknown,
  gradients: unknown,
  { maximize, weightDecay }: Directed,
): unknown =>
  mapTree(operation, params, { gradients }, ({ param, gradients: g }) => {
    const down = maximize ? neg(g) : g;
    return weightDecay === 0 ? down : add(down, mul(weightDecay, param));
  });
