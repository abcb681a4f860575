package io.tokenguard.internal.jose;

import java.security.Provider;
import java.security.Security;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Cryptographic providers that may be on the class path. Does not install them in the JVM. */
final class OptionalProvider {
    private static final String NAME = "BC";
    private static final String BOUNCY_CASTLE = "org.bouncycastle.jce.provider.BouncyCastleProvider";

    private OptionalProvider() {}

    /** The provider of this class; empty if it is absent or does not load. */
    static Optional<Provider> ofClass(String name) {
        try {
            return ServiceLoader.load(Provider.class, OptionalProvider.class.getClassLoader()).stream()
                    .filter(service -> service.type().getName().equals(name))
                    .map(ServiceLoader.Provider::get)
                    .findFirst();
        } catch (ServiceConfigurationError | LinkageError unusable) {
            return Optional.empty();
        }
    }

    /** Bouncy Castle, installed or on the class path. */
    static Optional<Provider> bouncyCastle() {
        return Optional.ofNullable(Security.getProvider(NAME)).or(() -> ofClass(BOUNCY_CASTLE));
    }

    static boolean isBouncyCastleInstalled() {
        return Security.getProvider(NAME) != null;
    }
}
