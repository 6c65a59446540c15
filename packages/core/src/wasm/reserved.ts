/** What lies at the start of every memory that emitted code runs in: tables of functions, then the strips of loops in stages. */

import { tableBytes } from "./float32/tables.js";
import { stripBytes } from "./strips.js";

/** Where strips lie. */
export const stripAddress = tableBytes;

/** Everything else comes behind these bytes. */
export const reservedBytes = tableBytes + stripBytes;
