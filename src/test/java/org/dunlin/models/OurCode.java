package org.dunlin.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.dunlin.platform.engine.ModelBean;
import org.jspecify.annotations.Nullable;
import org.springframework.asm.ClassReader;
import org.springframework.asm.ClassVisitor;
import org.springframework.asm.FieldVisitor;
import org.springframework.asm.MethodVisitor;
import org.springframework.asm.Opcodes;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.ClassUtils;

/** What the code of the product offers to models: beans by name, and every text that some class contains. */
final class OurCode {

    private final Map<String, Class<?>> beans = new HashMap<>();
    private final Set<String> texts = new HashSet<>();
    private final Set<String> topics = new HashSet<>();

    static final OurCode INSTANCE = new OurCode();

    private OurCode() {
        try {
            var resolver = new PathMatchingResourcePatternResolver();
            for (Resource file : resolver.getResources("file:target/classes/org/dunlin/**/*.class")) {
                if (!file.getFilename().equals("package-info.class")) {
                    read(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The beans that models may name. */
    Map<String, Class<?>> modelBeans() {
        return beans;
    }

    /** True if a class of ours contains this text as a literal: whoever sends or sets it has to name it. */
    boolean names(String text) {
        return texts.contains(text);
    }

    /** The topics our workers fetch: a constant {@code TOPIC} names each. */
    Set<String> topics() {
        return topics;
    }

    private void read(Resource file) throws IOException {
        try (InputStream content = file.getInputStream()) {
            new ClassReader(content).accept(new Literals(), ClassReader.SKIP_DEBUG);
        }
        String path = Path.of("target/classes")
                .toAbsolutePath()
                .relativize(file.getFile().toPath())
                .toString();
        Class<?> type = ClassUtils.resolveClassName(
                path.substring(0, path.length() - ".class".length())
                        .replace('/', '.')
                        .replace('\\', '.'),
                null);
        ModelBean bean = AnnotatedElementUtils.findMergedAnnotation(type, ModelBean.class);
        if (bean != null) {
            beans.put(bean.value(), type);
        }
    }

    private final class Literals extends ClassVisitor {

        Literals() {
            super(Opcodes.ASM9);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String name, String type, @Nullable String signature, @Nullable Object value) {
            add(value);
            if (name.equals("TOPIC") && value instanceof String topic) {
                topics.add(topic);
            }
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String type, @Nullable String signature, String @Nullable [] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitLdcInsn(Object value) {
                    add(value);
                }
            };
        }

        private void add(@Nullable Object value) {
            if (value instanceof String text) {
                texts.add(text);
            }
        }
    }
}
