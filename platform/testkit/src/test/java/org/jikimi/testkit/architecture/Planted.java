package org.jikimi.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles planted sources and reads their classes. What they borrow from elsewhere is planted beside them. */
final class Planted {
    private static final Pattern PACKAGE = Pattern.compile("package ([a-z0-9.]+);");
    private static final Pattern TYPE = Pattern.compile("(?:class|record|interface|enum) (\\w+)");

    private static final List<String> BORROWED = List.of(
            "package jakarta.ws.rs; public @interface GET {}",
            "package jakarta.ws.rs; public @interface POST {}",
            "package jakarta.ws.rs; public @interface DELETE {}",
            "package jakarta.ws.rs; public @interface Path { String value(); }",
            "package org.jikimi.runtime.rest; public interface Exchange { void create(Runnable work);"
                    + " void extend(Runnable work); void change(Runnable work); void read(Runnable work); }",
            "package org.jikimi.runtime.rest; public interface Answer { static void created() {} }",
            "package jakarta.annotation.security; public @interface RolesAllowed { String value(); }",
            "package jakarta.inject; public @interface Inject {}",
            "package jakarta.persistence; public @interface Entity {}",
            "package org.jdbi.v3.core; public interface Jdbi { static Object open() { return null; } }",
            "package org.slf4j; public interface Logger {}",
            "package org.jikimi.contracts.cases.v1; public record CaseOpened() {}",
            "package org.jikimi.contracts; public interface EventTypes {}",
            "package org.jikimi.other.round; public interface OpenRound {}");

    private Planted() {}

    static JavaClasses classes(Path directory, List<String> sources) {
        var all = new ArrayList<JavaFileObject>();
        BORROWED.forEach(source -> all.add(new Source(source)));
        sources.forEach(source -> all.add(new Source(source)));
        var messages = new StringWriter();
        var options = List.of("-d", directory.toString(), "-proc:none", "-implicit:none", "-nowarn");
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        var compiled = ToolProvider.getSystemJavaCompiler()
                .getTask(messages, null, null, options, null, all)
                .call();
        if (!compiled) {
            throw new IllegalArgumentException(messages.toString());
        }
        return new ClassFileImporter().importPath(directory);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String text) {
            super(URI.create("string:///" + path(text)), Kind.SOURCE);
            this.text = text;
        }

        private static String path(String text) {
            var where = PACKAGE.matcher(text);
            var what = TYPE.matcher(text);
            if (!where.find() || !what.find()) {
                throw new IllegalArgumentException(text);
            }
            return where.group(1).replace('.', '/') + "/" + what.group(1) + ".java";
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
