/** Optimisers of PyTorch and optax that optim must reproduce. The data are copies made by scripts/golden/copy.ts. */

import * as core from "@cotangent/core";
import * as optim from "@cotangent/optim";
import { describeGolden } from "../../../../scripts/golden/describe-golden.js";
import { libraryOf } from "../../../../scripts/golden/names.js";

const library = libraryOf({ "@cotangent/core": core, "@cotangent/optim": optim });

describeGolden(library, new URL("data/", import.meta.url));
