package io.tokenguard.examples.quickstart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The blocks of code on the pages of the documentation. */
final class DocumentedCode {
    static final Path ROOT = Path.of("..", "..");

    /**
     * Code that other builds compile and run: {@code verification/tokenguard-quarkus}, {@code tokenguard-jaxrs} and {@code
     * tokenguard-micrometer}.
     */
    private static final Pattern BUILT_ELSEWHERE = Pattern.compile(
            "^import (io\\.vertx|io\\.micrometer|org\\.glassfish\\.grizzly|org\\.jboss\\.resteasy)\\.",
            Pattern.MULTILINE);

    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");

    private DocumentedCode() {}

    /**
     * One block of code.
     *
     * @param page where it stands
     * @param language what it is written in
     * @param code the block
     */
    record Block(String page, String language, String code) {
        String className() {
            Matcher name = CLASS_NAME.matcher(code);
            return name.find() ? name.group(1) : "";
        }

        @Override
        public String toString() {
            return page + ": " + language;
        }
    }

    static Stream<Block> blocks(String language) throws IOException {
        return pages().stream().flatMap(DocumentedCode::blocksOf).filter(block -> block.language.equals(language));
    }

    /** The README and the pages of the documentation. */
    static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
            return Stream.concat(
                            Stream.of(ROOT.resolve("README.md")),
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted())
                    .toList();
        }
    }

    static Stream<Block> blocksOf(Path page) {
        try {
            List<MatchResult> matches =
                    BLOCK.matcher(Files.readString(page)).results().toList();
            return matches.stream()
                    .map(match -> new Block(page.getFileName().toString(), match.group(1), match.group(2)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What the compiler finds wrong with blocks of Java, which may use each other. */
    static List<String> problems(Stream<Block> blocks, Path classes) {
        List<JavaFileObject> sources = blocks.filter(
                        block -> !BUILT_ELSEWHERE.matcher(block.code).find())
                .map(DocumentedCode::source)
                .toList();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options =
                List.of("-d", classes.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, problems, options, null, sources)
                .call();
        return problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .map(Diagnostic::toString)
                .toList();
    }

    /**
     * Compiles a page and loads one class of it.
     *
     * @param change what is changed in each block, such as the address of the issuer
     */
    static Class<?> load(String page, String className, UnaryOperator<String> change, Path classes) throws Exception {
        Stream<Block> blocks = blocks("java")
                .filter(block -> block.page.equals(page))
                .map(block -> new Block(page, block.language, change.apply(block.code)));
        List<String> problems = problems(blocks, classes);
        if (!problems.isEmpty()) {
            throw new IllegalStateException(page + ": " + problems);
        }
        URL folder = classes.toUri().toURL();
        return new URLClassLoader(new URL[] {folder}, DocumentedCode.class.getClassLoader()).loadClass(className);
    }

    private static JavaFileObject source(Block block) {
        return new SimpleJavaFileObject(
                URI.create("string:///" + block.className() + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return block.code;
            }
        };
    }
}
