/** Values and derivatives of JAX that core must reproduce. The data are copies made by scripts/golden/copy.ts. */

import * as core from "@cotangent/core";
import * as random from "@cotangent/core/random";
import { describeGolden } from "../../../../scripts/golden/describe-golden.js";
import { libraryOf } from "../../../../scripts/golden/names.js";

const library = libraryOf({ "@cotangent/core": core, "@cotangent/core/random": random });

describeGolden(library, new URL("data/", import.meta.url));
