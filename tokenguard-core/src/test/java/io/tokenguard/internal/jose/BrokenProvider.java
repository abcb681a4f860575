package io.tokenguard.internal.jose;

import java.security.Provider;
import java.util.List;
import java.util.Map;

/** A cryptographic provider whose native code can't be loaded. */
final class BrokenProvider extends Provider {
    private static final long serialVersionUID = 1L;

    /** Breaks on keys already, or on signatures only. */
    BrokenProvider(boolean onKeys) {
        super("Broken", "1", "does not run");
        putService(broken("Signature", "SHA256withECDSA"));
        if (onKeys) {
            putService(broken("KeyFactory", "EC"));
        }
    }

    private Provider.Service broken(String type, String name) {
        return new Provider.Service(this, type, name, "Broken", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                throw new UnsatisfiedLinkError("native");
            }
        };
    }
}
