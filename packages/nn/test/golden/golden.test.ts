/** Layers and losses of PyTorch and JAX that nn must reproduce. The data are copies made by scripts/golden/copy.ts. */

import * as core from "@cotangent/core";
import * as nn from "@cotangent/nn";
import { describeGolden } from "../../../../scripts/golden/describe-golden.js";
import { libraryOf } from "../../../../scripts/golden/names.js";

const library = libraryOf({ "@cotangent/core": core, "@cotangent/nn": nn });

describeGolden(library, new URL("data/", import.meta.url));
