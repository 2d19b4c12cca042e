package org.jikimi.testkit.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement does to the schema, as far as the rules ask. */
sealed interface Change {
    /** It brings something new: a table, a column of one ({@code table.column}), an index or another object. */
    record Adds(String object) implements Change {}

    /**
     * It takes something away that a release may use, or no longer lets through what one writes.
     *
     * @param objects any of them new makes it harmless: what is new is used by nobody else
     */
    record Contracts(String what, List<String> objects) implements Change {
        public Contracts {
            objects = List.copyOf(objects);
        }
    }

    Pattern CREATE_TABLE = Pattern.compile("^create (?:unlogged )?table (?:if not exists )?(?:only )?([\\w.$]+).*");
    Pattern CREATE_INDEX = Pattern.compile(
            "^create (unique )?index (?:concurrently )?(?:if not exists )?(?:([\\w.$]+) )?on (?:only )?([\\w.$]+)[^(]*\\((.*)");
    Pattern CREATE_OTHER = Pattern.compile(
            "^create (?:or replace )?(?:materialized )?(view|sequence|function|procedure|type|domain|trigger|policy) ([\\w.$]+).*");
    Pattern ALTER_TABLE = Pattern.compile("^alter table (?:if exists )?(?:only )?([\\w.$]+) (.*)");
    Pattern ADD_COLUMN = Pattern.compile("^add (?:column )?(?:if not exists )?([\\w$]+) (.*)");
    Pattern ADD_RULE =
            Pattern.compile("^add (?:constraint [\\w$]+ )?(check|unique|primary key|foreign key|exclude)\\b(.*)");
    Pattern OF_COLUMN =
            Pattern.compile("^(drop column|alter column|alter|rename column|drop|rename) (?:if exists )?([\\w$]+)(.*)");
    Pattern NARROWING =
            Pattern.compile("^ (?:set not null|drop default|drop identity|drop expression|(?:set data )?type)\\b.*");
    Pattern DROP = Pattern.compile("^drop (?:materialized )?(\\w+) (?:concurrently )?(?:if exists )?([\\w.$]+).*");
    Pattern ALTER_OTHER = Pattern.compile("^alter (\\w+) (?:if exists )?([\\w.$]+) (?:rename|drop)\\b.*");

    /** What a statement, prepared as by {@link Script#statements()}, does. */
    static List<Change> of(String statement) {
        var alter = ALTER_TABLE.matcher(statement);
        if (alter.matches()) {
            return ofTable(alter.group(1), alter.group(2));
        }
        return found(CREATE_TABLE, statement)
                .or(() -> found(CREATE_INDEX, statement))
                .or(() -> found(CREATE_OTHER, statement))
                .or(() -> found(DROP, statement))
                .or(() -> found(ALTER_OTHER, statement))
                .map(Change::ofObject)
                .orElseGet(() -> statement.matches("^(?:revoke|truncate|delete from)\\b.*")
                        ? List.of(new Contracts(
                                statement,
                                statement.matches("^revoke .*")
                                        ? List.of(
                                                statement.replaceFirst("^revoke .*? on (?:table )?([\\w.$]+).*", "$1"))
                                        : List.of(statement.replaceFirst(
                                                "^(?:truncate|delete from) (?:table )?(?:only )?([\\w.$]+).*", "$1"))))
                        : List.of());
    }

    private static java.util.Optional<Matcher> found(Pattern pattern, String statement) {
        var matcher = pattern.matcher(statement);
        return matcher.matches() ? java.util.Optional.of(matcher) : java.util.Optional.empty();
    }

    private static List<Change> ofObject(Matcher found) {
        var pattern = found.pattern();
        if (pattern == CREATE_TABLE) {
            return List.of(new Adds(found.group(1)));
        }
        if (pattern == CREATE_OTHER) {
            return List.of(new Adds(found.group(2)));
        }
        if (pattern == CREATE_INDEX) {
            return ofIndex(found);
        }
        return List.of(new Contracts(found.group(), List.of(found.group(2))));
    }

    private static List<Change> ofIndex(Matcher found) {
        var changes = new ArrayList<Change>();
        if (found.group(2) != null) {
            changes.add(new Adds(found.group(2)));
        }
        if (found.group(1) != null) {
            var objects = columnsIn(found.group(3), found.group(4));
            objects.add(found.group(3));
            changes.add(new Contracts(found.group(), objects));
        }
        return changes;
    }

    private static List<Change> ofTable(String table, String actions) {
        var changes = new ArrayList<Change>();
        for (var action : actionsOf(actions)) {
            var rule = ADD_RULE.matcher(action);
            var column = ADD_COLUMN.matcher(action);
            var existing = OF_COLUMN.matcher(action);
            var what = table + ": " + action;
            if (rule.matches()) {
                changes.add(new Contracts(what, List.of(table)));
            } else if (column.matches()) {
                changes.add(new Adds(table + "." + column.group(1)));
                var type = column.group(2);
                if (type.contains("not null") && !type.contains("default") && !type.contains("generated")) {
                    changes.add(new Contracts(what, List.of(table)));
                }
            } else if (action.startsWith("rename to") || action.startsWith("drop constraint")) {
                changes.add(new Contracts(what, List.of(table)));
            } else if (existing.matches()) {
                boolean alters = existing.group(1).startsWith("alter");
                if (!alters || NARROWING.matcher(existing.group(3)).matches()) {
                    changes.add(new Contracts(what, List.of(table, table + "." + existing.group(2))));
                }
            }
        }
        return changes;
    }

    private static List<String> columnsIn(String table, String text) {
        var columns = new ArrayList<String>();
        for (var word : text.split("[^\\w$]+", -1)) {
            if (!word.isEmpty()) {
                columns.add(table + "." + word);
            }
        }
        return columns;
    }

    /** The actions of an ALTER TABLE, parted at the commas outside parentheses. */
    private static List<String> actionsOf(String text) {
        var actions = new ArrayList<String>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ',' && depth == 0) {
                actions.add(text.substring(begin, i).strip());
                begin = i + 1;
            }
        }
        actions.add(text.substring(begin).strip());
        return actions;
    }
}
