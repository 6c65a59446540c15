/** The error function of four float32 at once. */

import { byPieces } from "./pieces.js";
import { erfPieces } from "./tables.js";

/** erf x = 2/√π ∫₀ˣ e^(-t²) dt. */
export const erf = /* @__PURE__ */ byPieces(erfPieces);
