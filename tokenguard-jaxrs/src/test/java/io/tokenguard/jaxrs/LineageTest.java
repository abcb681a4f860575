package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Rules are found whichever of several declarations of a method a runtime hands out. */
class LineageTest {
    private static final RuleBook RULES = new RuleBook(Map.of());

    private static AccessRequirement rule(Class<?> type, Predicate<Method> wanted) {
        Method method = Arrays.stream(type.getMethods())
                .filter(candidate -> candidate.getName().equals("serve"))
                .filter(wanted)
                .findFirst()
                .orElseThrow();
        return RULES.ruleOf(type, method).requirement();
    }

    @Test
    void findsTheRuleOfTheMethodBehindABridgeOfGenerics() {
        assertThat(rule(Texts.class, Method::isBridge)).isEqualTo(AccessRequirement.scope("a"));
        assertThat(rule(Texts.class, method -> !method.isBridge())).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsTheRuleOfTheMethodBehindABridgeOfVisibility() {
        assertThat(rule(OfHidden.class, Method::isBridge)).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsTheRuleOfTheMethodBehindABridgeOfANarrowerResult() {
        assertThat(rule(Narrow.class, Method::isBridge)).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsRulesThroughArraysOfAGenericType() {
        assertThat(rule(Bytes.class, method -> !method.isBridge())).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsRulesThroughRawTypes() {
        assertThat(rule(Raw.class, method -> true)).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsRulesThroughMethodsWithTypesOfTheirOwn() {
        assertThat(rule(OwnType.class, method -> true)).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsTheRuleOfAMethodThatAnInterfaceHandsOut() throws NoSuchMethodException {
        Method declared = Generic.class.getMethod("serve", Object.class);
        assertThat(RULES.ruleOf(Generic.class, declared).requirement()).isEqualTo(AccessRequirement.scope("a"));
        assertThat(RULES.ruleOf(Texts.class, declared).requirement()).isEqualTo(AccessRequirement.scope("a"));
        assertThat(RULES.ruleOf(Object.class, declared).requirement()).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void findsTheRuleOfAnImplementationWhoseInterfaceHandsOutTheMethod() throws NoSuchMethodException {
        Method declared = Bare.class.getMethod("serve", Object.class);
        assertThat(RULES.ruleOf(Ruled.class, declared).requirement()).isEqualTo(AccessRequirement.scope("a"));
    }

    @Test
    void keepsOverloadedMethodsApart() throws NoSuchMethodException {
        assertThat(RULES.ruleOf(Overloaded.class, Overloaded.class.getMethod("serve", String.class))
                        .isStated())
                .isTrue();
        assertThat(RULES.ruleOf(Overloaded.class, Overloaded.class.getMethod("serve", CharSequence.class))
                        .isStated())
                .isFalse();
        assertThat(RULES.ruleOf(Overloaded.class, Overloaded.class.getMethod("serve", String.class, int.class))
                        .isStated())
                .isFalse();
    }

    @Test
    void takesNoRuleFromAStaticMethodOfTheSameShape() throws NoSuchMethodException {
        Method method = Static.class.getMethod("serve", String.class);
        assertThat(RULES.ruleOf(Static.class, method).isStated()).isFalse();
    }

    public interface Generic<T> {
        @RequiresScopes("a")
        String serve(T key);
    }

    public static class Texts implements Generic<String> {
        @Override
        public String serve(String key) {
            return key;
        }
    }

    public interface Bare<T> {
        String serve(T key);
    }

    public static class Ruled implements Bare<String> {
        @Override
        @RequiresScopes("a")
        public String serve(String key) {
            return key;
        }
    }

    abstract static class Hidden {
        @RequiresScopes("a")
        public String serve(String key) {
            return key;
        }
    }

    public static class OfHidden extends Hidden {}

    public interface Wide {
        @RequiresScopes("a")
        Object serve();
    }

    public static class Narrow implements Wide {
        @Override
        public String serve() {
            return "";
        }
    }

    public interface ArrayOf<T> {
        @RequiresScopes("a")
        String serve(T[] all, Collection<? extends T> more);
    }

    public static class Bytes implements ArrayOf<Byte> {
        @Override
        public String serve(Byte[] all, Collection<? extends Byte> more) {
            return "";
        }
    }

    @SuppressWarnings("rawtypes")
    public static class Raw implements Generic {
        @Override
        public String serve(Object key) {
            return "";
        }
    }

    public interface WithOwnType {
        @RequiresScopes("a")
        <T extends Number & Comparable<T>> String serve(List<T> all, T one);
    }

    public static class OwnType implements WithOwnType {
        @Override
        public <N extends Number & Comparable<N>> String serve(List<N> all, N one) {
            return "";
        }
    }

    public interface OneOfThem {
        @RequiresScopes("a")
        String serve(String key);
    }

    public static class Overloaded implements OneOfThem {
        @Override
        public String serve(String key) {
            return key;
        }

        public String serve(CharSequence key) {
            return key.toString();
        }

        public String serve(String key, int times) {
            return key.repeat(times);
        }
    }

    public interface WithStatic {
        @RequiresScopes("a")
        static String serve(String key) {
            return key;
        }
    }

    public static class Static implements WithStatic {
        public String serve(String key) {
            return key;
        }
    }
}
