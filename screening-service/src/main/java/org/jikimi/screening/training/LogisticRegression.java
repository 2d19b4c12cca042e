package org.jikimi.screening.training;

import de.bwaldvogel.liblinear.Linear;
import de.bwaldvogel.liblinear.Model;
import de.bwaldvogel.liblinear.Parameter;
import de.bwaldvogel.liblinear.Problem;
import de.bwaldvogel.liblinear.SolverType;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Logistic regression with an L2 penalty on the weights and none on the intercept, by LIBLINEAR (Fan et al. 2008,
 * "LIBLINEAR: A Library for Large Linear Classification", JMLR 9, 1871-1874). The same children in the same order give
 * the same weights.
 */
final class LogisticRegression {
    /** The solver draws nothing; told all the same, so that another one could be repeated too. */
    static final long SEED = 1;

    static final String LIBRARY =
            "de.bwaldvogel:liblinear " + Linear.getVersion() / 100 + "." + Linear.getVersion() % 100;

    private static final double TOLERANCE = 1e-6;
    private static final double INTERCEPT = 1;

    static {
        Linear.disableDebugOutput(); // it would print
    }

    private LogisticRegression() {}

    /**
     * What was fitted.
     *
     * @param intercept log odds of need of a child without any feature
     * @param weights what each feature adds to the log odds
     * @param leftOut features that got no weight since it would have been negative
     */
    record Fit(double intercept, List<Double> weights, BitSet leftOut) {}

    /**
     * Fits weights of which none is negative, as a scorecard has it: the lowest negative one is left out and the rest is
     * fitted again, until there is none.
     *
     * @param examples of both kinds; features that are left out stay so
     * @param anySign features whose weights may be negative
     * @param regularisation {@code C} of LIBLINEAR: the variance of the normal prior of each weight
     */
    static Fit fit(Examples examples, BitSet anySign, double regularisation) {
        var problem = new Problem();
        problem.x = examples.rows();
        problem.y = examples.answers();
        problem.l = examples.count();
        problem.n = examples.features() + 1;
        problem.bias = INTERCEPT;
        var parameter = new Parameter(SolverType.L2R_LR, regularisation, TOLERANCE);
        parameter.setRegularizeBias(false);
        parameter.setRandom(new Random(SEED));
        var leftOut = new BitSet();
        var settled = (BitSet) anySign.clone();
        while (true) {
            var fit = fit(problem, parameter, leftOut);
            int lowest = lowest(fit.weights(), settled);
            if (lowest < 0) {
                return fit;
            }
            leftOut.set(lowest);
            settled.set(lowest);
            examples.leaveOut(lowest);
        }
    }

    private static Fit fit(Problem problem, Parameter parameter, BitSet leftOut) {
        var model = Linear.train(problem, parameter);
        int positive = model.getLabels()[0] == 1 ? 0 : 1;
        var weights = IntStream.range(1, problem.n)
                .mapToObj(feature -> model.getDecfunCoef(feature, positive))
                .toList();
        return new Fit(intercept(model, problem.n, positive), weights, leftOut);
    }

    private static double intercept(Model model, int place, int positive) {
        return positive == 0 ? model.getFeatureWeights()[place - 1] : -model.getFeatureWeights()[place - 1];
    }

    /** The feature with the lowest of the negative weights that are not settled; -1 if there is none. */
    private static int lowest(List<Double> weights, BitSet settled) {
        int lowest = -1;
        for (int feature = 0; feature < weights.size(); feature++) {
            if (weights.get(feature) < (lowest < 0 ? 0 : weights.get(lowest)) && !settled.get(feature)) {
                lowest = feature;
            }
        }
        return lowest;
    }
}
