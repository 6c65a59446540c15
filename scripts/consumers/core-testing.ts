/** A program against the published /testing, without vitest being installed. */
import { sum, square, tensor } from "@cotangent/core";
import { checkGradients } from "@cotangent/core/testing";

checkGradients((x) => sum(square(x)), [tensor([1, 2, 3])]);
