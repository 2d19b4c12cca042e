package org.jikimi.screening.training;

import de.bwaldvogel.liblinear.Feature;
import de.bwaldvogel.liblinear.FeatureNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Visited children to learn from: which features each has, and whether it was in need. Features are there or not, so all
 * children share one node for each: a child takes some 60 bytes.
 */
final class Examples {
    private final FeatureNode[] nodes;
    private final int[] seen;
    private final int[] seenInNeed;
    private final List<Feature[]> children = new ArrayList<>();
    private final BitSet inNeed = new BitSet();

    Examples(int features) {
        this.seen = new int[features];
        this.seenInNeed = new int[features];
        this.nodes = new FeatureNode[features + 1];
        Arrays.setAll(nodes, feature -> new FeatureNode(feature + 1, 1));
    }

    /**
     * Adds a child.
     *
     * @param features places of its features, rising
     */
    void add(int[] features, boolean need) {
        var child = new Feature[features.length + 1];
        for (int n = 0; n < features.length; n++) {
            child[n] = nodes[features[n]];
            seen[features[n]]++;
            seenInNeed[features[n]] += need ? 1 : 0;
        }
        child[features.length] = nodes[seen.length]; // the intercept: every child has it
        inNeed.set(children.size(), need);
        children.add(child);
    }

    int count() {
        return children.size();
    }

    int positives() {
        return inNeed.cardinality();
    }

    int features() {
        return seen.length;
    }

    /** Children with a feature. */
    int seen(int feature) {
        return seen[feature];
    }

    /** Children with a feature who were in need. */
    int seenInNeed(int feature) {
        return seenInNeed[feature];
    }

    /** Leaves a feature out of all children: it gets no weight any more. */
    void leaveOut(int feature) {
        nodes[feature].setValue(0);
    }

    /** The children as the library takes them. */
    Feature[][] rows() {
        return children.toArray(Feature[][]::new);
    }

    /** 1 for a child in need, -1 for any other. */
    double[] answers() {
        var answers = new double[count()];
        Arrays.setAll(answers, child -> inNeed.get(child) ? 1 : -1);
        return answers;
    }
}
