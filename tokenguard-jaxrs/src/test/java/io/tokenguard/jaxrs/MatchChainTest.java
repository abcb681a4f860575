package io.tokenguard.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenguard.access.AccessRequirement;
import jakarta.annotation.security.PermitAll;
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

    @Test
    void findsLocatorsThatAreNotPublic() {
        assertThat(demanded("depot/own/x", "depot/own/x", "resource", new Depot()))
                .hasValue(AccessRequirement.scope("b"));
    }

    @Test
    void findsPublicLocatorsOfABaseClassThatIsNotPublic() {
        assertThat(demanded("depot/inherited/x", "depot/inherited/x", "resource", new Depot()))
                .hasValue(AccessRequirement.scope("a"));
    }

    @Test
    void findsALocatorOnceThoughASubclassOverridesIt() {
        assertThat(CHAIN.locatorsOf(Depot.class)).hasSize(4);
    }

    /** The compiler makes public bridges for its public methods in public subclasses. */
    static class Storing {
        @Path("inherited")
        @RequiresScopes("a")
        public Object inherited() {
            return this;
        }

        @Path("overridden")
        @RequiresScopes("c")
        public Object overridden() {
            return this;
        }
    }

    @Path("/depot")
    public static class Depot extends Storing {
        @Path("open")
        @PermitAll
        public Object open() {
            return this;
        }

        @Path("own")
        @RequiresScopes("b")
        Object own() {
            return this;
        }

        @Override
        public String overridden() {
            return "narrowed";
        }
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
