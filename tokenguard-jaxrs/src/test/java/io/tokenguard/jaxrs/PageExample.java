package io.tokenguard.jaxrs;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The Java examples of one page of the documentation, compiled together. */
final class PageExample {
    private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");

    private PageExample() {}

    /**
     * Compiles the examples of a page whose class has one of these names.
     *
     * @param change what is changed in each, such as the address of the issuer
     * @param folder where the classes go
     */
    static ClassLoader compile(String page, List<String> names, UnaryOperator<String> change, Path folder)
            throws IOException {
        List<JavaFileObject> sources = BLOCK.matcher(Files.readString(Path.of("..", "docs", page)))
                .results()
                .map(match -> match.group(1))
                .filter(code -> names.contains(nameOf(code)))
                .<JavaFileObject>map(code -> source(nameOf(code), change.apply(code)))
                .toList();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options =
                List.of("-d", folder.toString(), "-proc:none", "-classpath", System.getProperty("java.class.path"));
        if (!compiler.getTask(null, null, null, options, null, sources).call()) {
            throw new IllegalStateException("The examples of " + page + " do not compile");
        }
        return new URLClassLoader(new URL[] {folder.toUri().toURL()}, PageExample.class.getClassLoader());
    }

    private static String nameOf(String code) {
        Matcher name = CLASS_NAME.matcher(code);
        return name.find() ? name.group(1) : "";
    }

    private static JavaFileObject source(String name, String code) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return code;
            }
        };
    }
}
