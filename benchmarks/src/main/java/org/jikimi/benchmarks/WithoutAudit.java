package org.jikimi.benchmarks;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * A JVM agent that takes the audit out of a service, to measure what it costs: the product itself has no switch that could
 * turn it off.
 */
public final class WithoutAudit implements ClassFileTransformer {
    private static final String RECORDER = "org/jikimi/runtime/audit/JdbcAudit";

    private WithoutAudit() {}

    /** Called by the JVM before the service starts. */
    public static void premain(String arguments, Instrumentation jvm) {
        jvm.addTransformer(new WithoutAudit());
    }

    /** Has what records in {@code JdbcAudit} do nothing: who opened the transaction commits it then. */
    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (!RECORDER.equals(name)) {
            return null;
        }
        var nothing = MethodTransform.ACCEPT_ALL.andThen((method, element) -> {
            if (element instanceof CodeModel) {
                method.withCode(code -> code.return_());
            } else {
                method.with(element);
            }
        });
        return ClassFile.of()
                .transformClass(
                        ClassFile.of().parse(bytes),
                        ClassTransform.transformingMethods(WithoutAudit::records, nothing));
    }

    private static boolean records(MethodModel method) {
        return method.methodName().stringValue().startsWith("record");
    }

    /** Writes the agent's jar, for the flag {@code -javaagent}. */
    static Path jar(Path directory) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", WithoutAudit.class.getName());
        var jar = directory.resolve("without-audit.jar");
        var entry = WithoutAudit.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var code = WithoutAudit.class.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
        return jar;
    }
}
