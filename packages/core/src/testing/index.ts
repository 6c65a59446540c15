/** Testing: laws of operations, gradient checks, arbitrary tensors for fast-check, closeness and equality of trees. */

export { allClose, explainDifference, type CloseOptions } from "./all-close.js";
export { arbitraries } from "./arbitraries.js";
export type { ElementOptions } from "./arbitraries/element.js";
export type { ProgramOptions, ProgramWithArguments } from "./arbitraries/programs.js";
export type { StepKind } from "./arbitraries/program-steps.js";
export type { Broadcastable, ShapeOptions, SliceArguments } from "./arbitraries/shape.js";
export type { TensorOptions } from "./arbitraries/tensor.js";
export type { TreeOf, TreeOptions } from "./arbitraries/tree.js";
export { checkGradients, type GradientOptions, type GradientReport } from "./check-gradients.js";
export { equalityTesters } from "./equality-testers.js";
export { laws } from "./laws.js";
export type { Law, LawCall, LawName, LawOptions } from "./laws/law.js";
export type { Operation, SubjectOptions } from "./laws/subject.js";
export type { Domain, DTypes, SampleCase, Samples } from "../program/samples.js";
