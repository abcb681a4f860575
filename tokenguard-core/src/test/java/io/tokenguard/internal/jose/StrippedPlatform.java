package io.tokenguard.internal.jose;

import java.security.Provider;
import java.security.Security;
import java.util.List;

/** The JVM without the platform's providers of cryptography and with another one, as where FIPS 140 requires it. */
public final class StrippedPlatform {
    private static final List<String> PLATFORM = List.of("SunRsaSign", "SunEC", "SunJCE");

    private StrippedPlatform() {}

    /** Lets the JVM be so while something runs. */
    public static void during(Provider provider, Runnable work) {
        Provider[] before = Security.getProviders();
        PLATFORM.forEach(Security::removeProvider);
        Security.removeProvider(provider.getName());
        Security.insertProviderAt(provider, 1);
        try {
            work.run();
        } finally {
            Security.removeProvider(provider.getName());
            for (int i = 0; i < before.length; i++) {
                if (Security.getProvider(before[i].getName()) == null) {
                    Security.insertProviderAt(before[i], i + 1);
                }
            }
        }
    }
}
