/** The error function of four float32 at once. */

import { byPieces } from "./pieces.js";
import { erfPieces } from "./tables.js";

export const erf = /* @__PURE__ */ byPieces(erfPieces);
