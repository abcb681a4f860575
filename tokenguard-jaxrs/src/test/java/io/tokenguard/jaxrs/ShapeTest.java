package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Ways to state a rule: none leaves a resource unprotected, and none refuses what it grants. */
@OnEveryRuntime
class ShapeTest {
    private static RestSite site;

    @Parameter
    RestRuntime runtime;

    @BeforeParameterizedClassInvocation
    static void start(RestRuntime runtime) throws Exception {
        site = new RestApplication(Stream.of(
                                MethodShapes.resources(),
                                InheritedShapes.resources(),
                                GenericShapes.resources(),
                                ProxyShapes.resources(),
                                LocatorShapes.resources())
                        .flatMap(List::stream)
                        .toArray())
                .on(runtime);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        site.close();
    }

    static List<Shape> shapes() {
        return Stream.of(
                        MethodShapes.shapes(),
                        InheritedShapes.shapes(),
                        GenericShapes.shapes(),
                        ProxyShapes.shapes(),
                        LocatorShapes.shapes())
                .flatMap(all -> all)
                .toList();
    }

    @Test
    void thereAreManyShapes() {
        assertThat(shapes()).hasSizeGreaterThan(80).extracting(Shape::path).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void isProtected(Shape shape) throws IOException {
        Answer withoutToken = site.get(shape.path());
        assertThat(withoutToken.status()).isEqualTo(shape.isOpen() ? 200 : 401);
        for (String grants : shape.tooLittle()) {
            Answer answer = site.get(shape.path(), site.bearer(grants.split(" ", -1)));
            assertThat(answer.status()).as("with '%s'", grants).isEqualTo(403);
            assertThat(answer.body()).isEqualTo("{\"error\":\"insufficient_scope\"}");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void isNotWronglyRefused(Shape shape) throws IOException {
        for (String grants : shape.enough()) {
            Answer answer = site.get(shape.path(), site.bearer(grants.split(" ", -1)));
            assertThat(answer.status()).as("with '%s'", grants).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("reached");
        }
    }
}
