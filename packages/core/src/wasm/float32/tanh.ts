/** The hyperbolic tangent of four float32 at once. */

import { byPieces } from "./pieces.js";
import { tanhPieces } from "./tables.js";

/** tanh x = (eˣ - e⁻ˣ) / (eˣ + e⁻ˣ). */
export const tanh = /* @__PURE__ */ byPieces(tanhPieces);
