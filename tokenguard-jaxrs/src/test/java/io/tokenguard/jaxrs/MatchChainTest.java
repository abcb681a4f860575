package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What holds on runtimes that read a path in another way than those that the other tests run on. */
class MatchChainTest {
    private static final MatchChain CHAIN = new MatchChain(new RuleBook(Map.of()));

    private static Optional<AccessRequirement> demanded(String written, String decoded, Object... outermostLast) {
        return CHAIN.of((UriInfo) Proxy.newProxyInstance(
                UriInfo.class.getClassLoader(), new Class<?>[] {UriInfo.class}, (proxy, method, arguments) -> {
                    boolean isPath = method.getName().equals("getPath");
                    return isPath ? (arguments[0].equals(true) ? decoded : written) : List.of(outermostLast);
                }));
    }

    @Test
    void satisfiesTheReadingOfTheEncodedPathAndThatOfTheDecodedOne() {
        assertThat(demanded("vault/%67old/x", "vault/gold/x", "resource", new Vault()))
                .hasValue(AccessRequirement.scope("a").and(AccessRequirement.scope("b")));
        assertThat(demanded("vault/gold/x", "vault/gold/x", "resource", new Vault()))
                .hasValue(AccessRequirement.scope("b"));
    }

    @Test
    void demandsWhatEveryLocatorDemandsWhereThePathTellsNothing() {
        assertThat(demanded("elsewhere", "elsewhere", "resource", new Vault()))
                .hasValue(AccessRequirement.scope("b").and(AccessRequirement.scope("a")));
        assertThat(demanded("vault/a/b", "vault/a/b", "resource", new NoRoot(), new Vault()))
                .hasValueSatisfying(demand -> assertThat(demand)
                        .hasToString(AccessRequirement.scope("c")
                                .and(AccessRequirement.scope("a"))
                                .toString()));
    }

    @Test
    void closesWhatIsReachedThroughAnObjectWithoutLocators() {
        assertThat(demanded("vault/gold/x", "vault/gold/x", "resource", "no locators"))
                .hasValue(RuleBook.MISSING);
    }

    @Test
    void demandsNothingWhereThereWasNoLocator() {
        assertThat(demanded("vault", "vault", new Vault())).isEmpty();
        assertThat(demanded("vault", "vault")).isEmpty();
    }

    @Path("/vault")
    public static class Vault {
        @Path("{name}")
        @RequiresScopes("a")
        public Object named() {
            return this;
        }

        @Path("gold")
        @RequiresScopes("b")
        public Object gold() {
            return this;
        }
    }

    public static class NoRoot {
        @Path("x")
        @RequiresScopes("c")
        public Object locate() {
            return this;
        }
    }
}
