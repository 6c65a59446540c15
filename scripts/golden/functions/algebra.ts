/** Functions made of matrix products, decompositions and contractions. */

import { define, lengthOf, type GoldenFunction } from "./define.js";

/** ½ xᵀ A x + bᵀ x (A not symmetric) */
const quadratic = define(["x", "A", "b"], ({ core: { add, matmul, mul } }, x, A, b) =>
  add(mul(0.5, matmul(x, matmul(A, x))), matmul(b, x)),
);

/**
 * P = einsum('ij,jk->ik', A, B); Q = einsum('ik,lk->il', P, C);
 * einsum('ii->', einsum('il,lm->im', Q, D)) + einsum('ij,ij->', P, P)
 */
const einsumChain = define(["A", "B", "C", "D"], ({ core: { add, einsum } }, A, B, C, D) => {
  const P = einsum("ij,jk->ik", A, B);
  const Q = einsum("ik,lk->il", P, C);
  return add(einsum("ii->", einsum("il,lm->im", Q, D)), einsum("ij,ij->", P, P));
});

/** mean over rows of logSumExp(A B) along axis 1 */
const lseMatmul = define(["A", "B"], ({ core: { logSumExp, matmul, mean } }, A, B) =>
  mean(logSumExp(matmul(A, B), { axis: 1 })),
);

/**
 * K[i, j] = exp(2 s) exp(-½ |X[i] - X[j]|² exp(-2 l)) + exp(2 n) [i = j];
 * ½ (log det K + yᵀ K⁻¹ y + N log 2π), by Cholesky
 */
const gaussianProcess = define(["l", "s", "n", "X", "y"], ({ core, linalg }, l, s, n, X, y) => {
  const { add, diag, dtypeOf, exp, expandDims, eye, log, matmul, mul, square, sub, sum } = core;
  const { cholesky, triangularSolve } = linalg;
  const N = lengthOf(core, X);
  const squared = sum(square(sub(expandDims(X, 1), expandDims(X, 0))), { axis: -1 });
  const smooth = exp(sub(mul(2, s), mul(mul(0.5, squared), exp(mul(-2, l)))));
  const K = add(smooth, mul(exp(mul(2, n)), eye(N, { dtype: dtypeOf(X) })));
  const L = cholesky(K);
  const a = triangularSolve(L, y, { lower: true });
  // ½ log det K = Σ log L[i, i]
  return add(add(sum(log(diag(L))), mul(0.5, matmul(a, a))), 0.5 * N * Math.log(2 * Math.PI));
});

/** w = solve(Xᵀ X + exp(l) I, Xᵀ y); mean((V w - t)²) */
const ridge = define(["l", "X", "y", "V", "t"], ({ core, linalg: { solve } }, l, X, y, V, t) => {
  const { add, dtypeOf, exp, eye, matmul, mean, mul, shapeOf, square, sub, transpose } = core;
  const identity = eye(shapeOf(X)[1] ?? 0, { dtype: dtypeOf(X) });
  const gram = add(matmul(transpose(X), X), mul(exp(l), identity));
  const w = solve(gram, matmul(transpose(X), y));
  return mean(square(sub(matmul(V, w), t)));
});

/** S = A + Aᵀ; (w, V) = eigh(S); Σ_i exp(w[i] / 2) + Σ_ij c[i, j] (V diag(sin w) Vᵀ)[i, j] */
const spectral = define(["A", "c"], ({ core, linalg: { eigh } }, A, c) => {
  const { add, div, exp, matmul, mul, sin, sum, transpose } = core;
  const [w, V] = eigh(add(A, transpose(A)));
  return add(sum(exp(div(w, 2))), sum(mul(c, matmul(mul(V, sin(w)), transpose(V)))));
});

/** (u, s, v) = svd(A), thin; Σ_i log(1 + s[i]) + Σ_ij c[i, j] (u diag(sqrt s) vᵀ)[i, j] */
const singular = define(["A", "c"], ({ core, linalg: { svd } }, A, c) => {
  const { add, log1p, matmul, mul, sqrt, sum } = core;
  const [u, s, vt] = svd(A);
  return add(sum(log1p(s)), sum(mul(c, matmul(mul(u, sqrt(s)), vt))));
});

/** |expm(A) x - y|² */
const matrixExponential = define(
  ["A", "x", "y"],
  ({ core: { matmul, square, sub, sum }, linalg: { expm } }, A, x, y) =>
    sum(square(sub(matmul(expm(A), x), y))),
);

/** rows of a and b divided by their norms; S = a bᵀ / 0.5; mean over i of logSumExp(S[i]) - S[i, i] */
const contrastive = define(["a", "b"], ({ core }, a, b) => {
  const { div, einsum, logSumExp, matmul, mean, sqrt, square, sub, sum, transpose } = core;
  const unit = (rows: typeof a): typeof a => div(rows, sqrt(sum(square(rows), { axis: 1, keepDims: true })));
  const S = div(matmul(unit(a), transpose(unit(b))), 0.5);
  return mean(sub(logSumExp(S, { axis: 1 }), einsum("ii->i", S)));
});

export const algebra: { readonly [name: string]: GoldenFunction } = {
  quadratic,
  einsumChain,
  lseMatmul,
  gaussianProcess,
  ridge,
  spectral,
  singular,
  matrixExponential,
  contrastive,
};
