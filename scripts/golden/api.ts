/** The public names that a case may ask for, by entry point: they tell a name still missing from one unknown. */

const words = (text: string): readonly string[] => text.split(/\s+/).filter((word) => word !== "");

export const apiNames = {
  "@cotangent/core": words(`
    tensor scalar zeros ones full zerosLike onesLike fullLike arange linspace eye fromTypedArray fromBytes
    toArray toTypedArray item shapeOf dtypeOf sizeOf rankOf isTensor expectShape
    neg abs sign exp expm1 log log1p log2 log10 sqrt rsqrt cbrt square reciprocal sin cos tan asin acos atan
    sinh cosh tanh asinh acosh atanh sigmoid logit erf erfc erfInv lgamma digamma floor ceil round trunc
    isNaN isFinite isInf logicalNot bitwiseNot
    add sub mul div pow mod floorDivide atan2 maximum minimum hypot logAddExp xlogy equal notEqual less lessEqual
    greater greaterEqual logicalAnd logicalOr logicalXor bitwiseAnd bitwiseOr bitwiseXor shiftLeft shiftRight
    nextAfter copySign
    where safeWhere select clip nanToNum isClose
    sum mean prod max min variance std logSumExp argMax argMin all any median quantile countNonZero
    nanSum nanMean nanMax nanMin cov corrCoef
    cumSum cumProd cumMax cumMin cumLogSumExp diff
    reshape ravel transpose swapAxes moveAxis expandDims squeeze broadcastTo concatenate stack hStack vStack split
    tile repeat flip roll rot90 pad
    slice dynamicSlice dynamicUpdateSlice index take takeAlongAxis setAt addAt mulAt maxAt minAt oneHot diag
    diagonal tril triu meshgrid nonZero
    sort argSort topK searchSorted unique histogram binCount segmentSum segmentMax
    matmul dot vdot inner outer tensorDot einsum kron cross convolve interp conv convTranspose reduceWindow
    convert bitcast stopGradient
    grad valueAndGrad vjp jvp linearize linearTranspose jacfwd jacrev hessian hvp customJvp customVjp customRoot
    checkpoint vmap psum pmean pmax axisIndex stage evalShape jit explainRetrace
    scan whileLoop foriLoop cond switchCase associativeScan map`),
  "@cotangent/core/linalg": words(`
    norm cholesky solve triangularSolve inv det slogdet lu qr eigh svd lstsq matrixPower matrixRank pinv expm trace`),
  "@cotangent/core/fft": words("rfft irfft"),
  "@cotangent/core/random": words(`
    key split foldIn bits uniform normal truncatedNormal bernoulli randint permutation choice categorical gumbel
    exponential laplace gamma beta dirichlet poisson multivariateNormal orthogonal torchGenerator`),
  "@cotangent/nn": words(`
    linear bilinear conv1d conv2d conv3d convTranspose2d maxPool2d avgPool2d adaptiveAvgPool2d embedding batchNorm
    layerNorm groupNorm instanceNorm rmsNorm dropout flatten dotProductAttention multiHeadAttention rope rnn gru
    lstm transformerEncoderLayer sequential mlp residual lora
    relu relu6 leakyRelu prelu elu selu celu gelu silu mish hardTanh hardSigmoid hardSwish softplus softsign softmax
    logSoftmax logSigmoid glu tanh sigmoid
    mse l1 huber smoothL1 logCosh crossEntropy nll binaryCrossEntropy binaryCrossEntropyWithLogits klDivergence
    hinge focal cosineEmbedding cosineDistance tripletMargin marginRanking hingeEmbedding multiMargin multiclassHinge
    softMargin poissonNll gaussianNll poly ctc dice`),
  "@cotangent/nn/init": words(`
    zeros ones constant uniform normal truncatedNormal xavierUniform xavierNormal kaimingUniform kaimingNormal
    lecunNormal orthogonal torchDefault`),
  "@cotangent/optim": words(`
    sgd adam adamw nadam radam adamax rmsprop adagrad adadelta lion lamb lars adafactor muon sam lookahead
    scheduleFree evaluationParams lbfgs rprop asgd
    chain scale scaleBySchedule addDecayedWeights trace clipByValue clipByNorm clipByGlobalNorm adaptiveClip masked
    partitioned accumulate ema skipNonFinite applyUpdates globalNorm reduceOnPlateau injectHyperparameters`),
  "@cotangent/optim/schedules": words(`
    constant exponentialDecay cosineDecay cosineRestarts warmupCosine linear polynomial piecewise step multiStep
    cyclic oneCycle join cosineAnnealing`),
  "@cotangent/data": words(`
    tensorDataset mapDataset concat subset zip randomSplit kFold standardize randomSampler weightedSampler
    sequentialSampler dataLoader`),
} as const satisfies { readonly [entry: string]: readonly string[] };

export type EntryPoint = keyof typeof apiNames;

/** The names of options, of every group: an option that is not among them is reported, not passed on. */
export const optionNames: readonly string[] = [
  ...words(`inFeatures outFeatures in1Features in2Features inChannels outChannels kernelSize stride padding paddingMode
    dilation groups outputPadding bias ceilMode returnIndices countIncludePad divisorOverride outputSize numEmbeddings
    embeddingDim paddingIdx numFeatures momentum eps affine trackRunningStats normalizedShape elementwiseAffine
    numGroups numChannels startDim endDim embedDim numHeads batchFirst kdim vdim addBiasKv addZeroAttn inputSize
    hiddenSize numLayers bidirectional nonlinearity projSize dModel dimFeedforward dropout activation normFirst
    layerNormEps negativeSlope alpha approximate minVal maxVal beta threshold numParameters eval`),
  ...words(`reduction weight posWeight ignoreIndex labelSmoothing delta logTarget margin p swap gamma logInput full
    blank zeroInfinity smooth epsilon isCausal scale keyLengths mask`),
  ...words(`learningRate learningRateDecay betas weightDecay dampening nesterov maximize amsgrad momentumDecay centered
    initialAccumulatorValue rho etas stepSizes lambd t0 trustCoefficient nsSteps adaptive base syncPeriod slowStepSize
    resetState weightLrPower historySize maxIter maxEval lineSearch scaleInitPrecond initialScale of transforms labels
    every maxConsecutiveErrors schedule decay debias maxDelta maxNorm normType clipping factor beta2Decay d
    minDimSizeToFactor multiplyByParameterScale mean`),
  ...words(`value initValue endValue transitionSteps transitionBegin decayRate decaySteps staircase exponent cycles
    peakValue warmupSteps power boundariesAndScales interpolate boundaries schedules stepSize stepSizeUp milestones
    totalSteps maxLearningRate baseLearningRate minLearningRate pctStart pctFinal divFactor finalDivFactor
    annealStrategy threePhase baseMomentum maxMomentum mode patience cooldown thresholdMode values accumulationSize`),
  ...words(`seed n data shape minval maxval lower upper x independent replace logits a b lam cov low high std rate
    count weights replacement gain generatorSeed epochs numSamples lengths batchSize dropLast dtype`),
  ...words("axis keepDims"),
];
