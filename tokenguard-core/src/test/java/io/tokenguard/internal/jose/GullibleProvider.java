package io.tokenguard.internal.jose;

import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;

/** A cryptographic provider that finds every RS256 signature good. */
final class GullibleProvider extends Provider {
    private static final long serialVersionUID = 1L;

    GullibleProvider() {
        super("Gullible", "1", "says yes");
        putService(new Provider.Service(this, "Signature", "SHA256withRSA", "Yes", List.of(), Map.of()) {
            @Override
            public Object newInstance(Object parameter) {
                return new Yes();
            }
        });
    }

    private static final class Yes extends SignatureSpi {
        @Override
        protected void engineInitVerify(PublicKey key) {}

        @Override
        protected void engineInitSign(PrivateKey key) {}

        @Override
        protected void engineUpdate(byte b) {}

        @Override
        protected void engineUpdate(byte[] bytes, int from, int length) {}

        @Override
        protected byte[] engineSign() {
            return new byte[0];
        }

        @Override
        protected boolean engineVerify(byte[] signature) {
            return true;
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {}

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
