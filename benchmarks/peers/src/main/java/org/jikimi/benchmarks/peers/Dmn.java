package org.jikimi.benchmarks.peers;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jikimi.benchmarks.JudgedChild;
import org.jikimi.benchmarks.RuleEngine;
import org.jikimi.benchmarks.Rules;
import org.kie.api.io.ResourceType;
import org.kie.dmn.api.core.DMNModel;
import org.kie.dmn.api.core.DMNRuntime;
import org.kie.internal.io.ResourceFactory;
import org.kie.internal.utils.KieHelper;

/** kie-dmn with one decision table that adds up its hits, a child at a time. */
public final class Dmn implements RuleEngine {
    private static final String NAMESPACE = "urn:jikimi:scorecard";
    private static final int SOME = 20_000;

    /** A row of the table: what an input must be, the others being free. */
    private record Row(int input, String test, int otherInput, String otherTest, int points) {}

    @Override
    public String name() {
        return "kie-dmn 10.2.0, the same rules, %,d children".formatted(SOME);
    }

    @Override
    public int most() {
        return SOME;
    }

    @Override
    public Judge learn(Rules rules) {
        var bits = rules.indicators().stream().map(Rules.Weight::bit).toList();
        int family = bits.size();
        var rows = new ArrayList<Row>();
        rules.indicators()
                .forEach(weight -> rows.add(new Row(bits.indexOf(weight.bit()), "true", -1, "", weight.points())));
        for (var type : rules.families()) {
            var is = "\"" + type.code() + "\"";
            int same = bits.indexOf(type.sameFact());
            if (same < 0) {
                rows.add(new Row(family, is, -1, "", type.points()));
            } else {
                rows.add(new Row(family, is, same, "false", type.points()));
                rows.add(new Row(family, is, same, "true", rules.beyond(type)));
            }
        }
        rules.regions()
                .forEach(region -> rows.add(new Row(family + 1, "\"" + region.code() + "\"", -1, "", region.points())));
        rules.bands()
                .forEach(band -> rows.add(new Row(family + 2, String.valueOf(band.number()), -1, "", band.points())));
        var resource = ResourceFactory.newReaderResource(new StringReader(table(bits, rows)));
        resource.setSourcePath("scorecard.dmn");
        var session =
                new KieHelper().addResource(resource, ResourceType.DMN).build().newKieSession();
        var runtime = session.getKieRuntime(DMNRuntime.class);
        var model = Objects.requireNonNull(runtime.getModel(NAMESPACE, "scorecard"));
        return children -> points(runtime, model, bits, children);
    }

    private static String table(List<Integer> bits, List<Row> rows) {
        var names = new ArrayList<String>();
        bits.forEach(bit -> names.add("bit" + bit));
        names.addAll(List.of("family", "district", "band"));
        var xml = new StringBuilder();
        xml.append("""
                <definitions xmlns="http://www.omg.org/spec/DMN/20180521/MODEL/" namespace="%s" name="scorecard" id="d0">
                """.formatted(NAMESPACE));
        for (var name : names) {
            xml.append("<inputData id=\"i_%1$s\" name=\"%1$s\"><variable name=\"%1$s\" typeRef=\"%2$s\"/></inputData>%n"
                    .formatted(name, type(name)));
        }
        xml.append("<decision id=\"points\" name=\"points\"><variable name=\"points\" typeRef=\"number\"/>\n");
        for (var name : names) {
            xml.append("<informationRequirement><requiredInput href=\"#i_%s\"/></informationRequirement>%n"
                    .formatted(name));
        }
        xml.append("<decisionTable id=\"t\" hitPolicy=\"COLLECT\" aggregation=\"SUM\">\n");
        for (var name : names) {
            xml.append(
                    "<input id=\"in_%1$s\"><inputExpression typeRef=\"%2$s\"><text>%1$s</text></inputExpression></input>%n"
                            .formatted(name, type(name)));
        }
        xml.append("<output id=\"out\" typeRef=\"number\"/>\n");
        for (var row : rows) {
            xml.append("<rule>");
            for (int i = 0; i < names.size(); i++) {
                var test = i == row.input() ? row.test() : i == row.otherInput() ? row.otherTest() : "-";
                xml.append("<inputEntry><text>").append(test).append("</text></inputEntry>");
            }
            xml.append("<outputEntry><text>").append(row.points()).append("</text></outputEntry></rule>\n");
        }
        return xml.append("</decisionTable></decision></definitions>").toString();
    }

    private static String type(String name) {
        return name.startsWith("bit") ? "boolean" : name.equals("band") ? "number" : "string";
    }

    private static int[] points(DMNRuntime runtime, DMNModel model, List<Integer> bits, List<JudgedChild> children) {
        var points = new int[children.size()];
        for (int i = 0; i < points.length; i++) {
            var child = children.get(i);
            var context = runtime.newContext();
            bits.forEach(bit -> context.set("bit" + bit, child.has(bit)));
            context.set("family", child.familyType());
            context.set("district", child.district());
            context.set("band", child.band());
            var result = runtime.evaluateAll(model, context);
            var decided = (Number) result.getDecisionResultByName("points").getResult();
            points[i] = decided == null ? 0 : decided.intValue();
        }
        return points;
    }
}
