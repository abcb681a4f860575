package io.tokenguard.fuzz;

import static io.tokenguard.fuzz.FuzzedGuard.requireThat;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.tokenguard.access.AddressRange;
import io.tokenguard.access.IncomingRequest;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusedException;
import io.tokenguard.internal.possession.CertificateField;
import io.tokenguard.internal.possession.ClientCertificatePolicy;
import io.tokenguard.internal.request.TargetUriPolicy;
import io.tokenguard.testkit.TestCertificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Any field of a trusted proxy, in every format. {@code $} stands for the base64 of a certificate. */
class CertificateFieldFuzzTest {
    private static final byte[] DER = TestCertificate.selfSigned("client").der();
    private static final String BASE64 = Base64.getEncoder().encodeToString(DER);
    private static final TargetUriPolicy PROXIES =
            new TargetUriPolicy(Optional.empty(), List.of(), List.of(AddressRange.parse("192.0.2.1")));

    @FuzzTest(maxDuration = "2m")
    @DictionaryEntries({
        ":$:",
        "Cert=\"-----BEGIN%20CERTIFICATE-----%0A$%0A-----END%20CERTIFICATE-----%0A\"",
        "-----BEGIN%20CERTIFICATE-----%0A$%0A-----END%20CERTIFICATE-----%0A",
        "Hash=",
        ";",
        ",",
        "%",
        "\\\\\\x22",
        "MAA="
    })
    void readsOneWholeCertificateOrRefuses(byte[] input) {
        String value = new String(input, UTF_8).replace("$", BASE64);
        for (CertificateField.Format format : CertificateField.Format.values()) {
            read(new CertificateField(format, "Handed-On"), value);
        }
    }

    private static void read(CertificateField header, String value) {
        IncomingRequest request = IncomingRequest.builder("GET", "/")
                .clientAddress("192.0.2.1")
                .header(header.name(), value)
                .build();
        try {
            Optional<byte[]> der = new ClientCertificatePolicy(Optional.of(header), PROXIES).of(request);
            requireThat(der.isPresent() != value.isBlank(), "a field was passed over");
            requireThat(der.isEmpty() || isWhole(der.get()), "what is no single element was read");
        } catch (RefusedException refused) {
            boolean isExpected = refused.reason() == RefusalReason.BINDING_AMBIGUOUS
                    || refused.reason() == RefusalReason.BINDING_MISMATCH;
            requireThat(isExpected, "refused for another reason");
        }
    }

    /** X.690 §8.1: the length of a sequence says where it ends. */
    private static boolean isWhole(byte[] der) {
        int octets = der[1] < 0 ? der[1] & 0x7F : 0;
        int length = octets == 0 ? der[1] : 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) + (der[2 + i] & 0xFF);
        }
        return der[0] == 0x30 && der.length == 2 + octets + length;
    }
}
