package org.jikimi.benchmarks.peers;

import java.util.List;
import java.util.function.Consumer;
import org.drools.model.codegen.ExecutableModelProject;
import org.jikimi.benchmarks.JudgedChild;
import org.jikimi.benchmarks.RuleEngine;
import org.jikimi.benchmarks.Rules;
import org.kie.api.KieBase;
import org.kie.api.io.ResourceType;
import org.kie.internal.utils.KieHelper;

/** Drools with a rule for each indicator, family type, district and age band, over some thousands of children at a time. */
public final class Drools implements RuleEngine {
    private static final int AT_ONCE = 5_000;

    /** A child and the points that the rules have given it so far. */
    public static final class Scored {
        private final JudgedChild child;
        private int points;

        Scored(JudgedChild child) {
            this.child = child;
        }

        public boolean has(int bit) {
            return child.has(bit);
        }

        public String getFamilyType() {
            return child.familyType();
        }

        public String getDistrict() {
            return child.district();
        }

        public int getBand() {
            return child.band();
        }

        public void add(int more) {
            points += more;
        }
    }

    @Override
    public String name() {
        return "Drools 10.2.0, the same rules";
    }

    @Override
    public int most() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Judge learn(Rules scorecard) {
        var text = new StringBuilder("package org.jikimi.rules;\nimport " + Scored.class.getCanonicalName() + ";\n");
        var add = rule(text);
        scorecard.indicators().forEach(weight -> add.accept("has(%d)|%d".formatted(weight.bit(), weight.points())));
        for (var family : scorecard.families()) {
            var is = "familyType == \"" + family.code() + "\"";
            if (family.sameFact() < 0) {
                add.accept(is + "|" + family.points());
            } else {
                add.accept("%s, !has(%d)|%d".formatted(is, family.sameFact(), family.points()));
                add.accept("%s, has(%d)|%d".formatted(is, family.sameFact(), scorecard.beyond(family)));
            }
        }
        scorecard
                .regions()
                .forEach(region -> add.accept("district == \"%s\"|%d".formatted(region.code(), region.points())));
        scorecard.bands().forEach(band -> add.accept("band == %d|%d".formatted(band.number(), band.points())));
        var rules =
                new KieHelper().addContent(text.toString(), ResourceType.DRL).build(ExecutableModelProject.class);
        return children -> points(rules, children);
    }

    private static Consumer<String> rule(StringBuilder text) {
        return line -> {
            var parts = line.split("\\|", -1);
            text.append("rule \"%d\" when $c : Scored(%s) then $c.add(%s); end%n"
                    .formatted(text.length(), parts[0], parts[1]));
        };
    }

    private static int[] points(KieBase rules, List<JudgedChild> children) {
        var points = new int[children.size()];
        for (int from = 0; from < points.length; from += AT_ONCE) {
            int to = Math.min(points.length, from + AT_ONCE);
            var some = children.subList(from, to).stream().map(Scored::new).toList();
            var session = rules.newKieSession();
            try {
                some.forEach(session::insert);
                session.fireAllRules();
            } finally {
                session.dispose();
            }
            for (int i = from; i < to; i++) {
                points[i] = some.get(i - from).points;
            }
        }
        return points;
    }
}
