package io.tokenguard.testkit;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.ServiceLoader;

/** Providers of algorithms that not every JDK has. Does not install any in the JVM. */
final class OptionalProvider {
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    private OptionalProvider() {}

    /** Bouncy Castle: no supported JDK has secp256k1. */
    static Provider ofSecp256k1() {
        return bouncyCastle("ES256K needs ", OptionalProvider.class.getClassLoader());
    }

    /**
     * The JVM's own provider, which Java has from version 24 on, otherwise Bouncy Castle.
     *
     * @param name such as {@code ML-DSA-44}
     */
    static Provider ofMlDsa(String name) {
        return installed(name)
                .orElseGet(() ->
                        bouncyCastle(name + " needs Java 24 or later, or ", OptionalProvider.class.getClassLoader()));
    }

    private static Optional<Provider> installed(String name) {
        Provider[] providers = Security.getProviders("Signature." + name);
        return providers == null ? Optional.empty() : Optional.of(providers[0]);
    }

    static Provider bouncyCastle(String need, ClassLoader loader) {
        return Optional.ofNullable(Security.getProvider("BC"))
                .or(() -> ServiceLoader.load(Provider.class, loader).stream()
                        .filter(service -> service.type().getName().equals(BOUNCY_CASTLE))
                        .map(ServiceLoader.Provider::get)
                        .findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        need + "Bouncy Castle: put org.bouncycastle:bcprov-jdk18on on the class path of the tests"));
    }
}
