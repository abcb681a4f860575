package io.tokenguard.attacks;

import java.util.List;
import java.util.stream.Stream;

/** All rows, in the order in which a request passes the stages. */
public final class AttackCatalogue {
    private static final List<AttackRow> ROWS = Stream.of(
                    CredentialRows.rows(),
                    PlaceRows.rows(),
                    CookieRows.rows(),
                    CrossSiteRows.rows(),
                    PathRows.rows(),
                    CompactRows.rows(),
                    ShapeRows.rows(),
                    AlgorithmRows.rows(),
                    HmacRows.rows(),
                    KeyFitRows.rows(),
                    HeaderRows.rows(),
                    TypeRows.rows(),
                    KeyNameRows.rows(),
                    EncryptedRows.rows(),
                    KeySetRows.rows(),
                    RsaKeyRows.rows(),
                    CurveKeyRows.rows(),
                    KeySupplyRows.rows(),
                    EcdsaRows.rows(),
                    RsaRows.rows(),
                    SignatureRows.rows(),
                    NewAlgorithmRows.rows(),
                    JsonRows.rows(),
                    JsonBoundRows.rows(),
                    TimeRows.rows(),
                    RecipientRows.rows(),
                    IdentityRows.rows(),
                    GrantRows.rows(),
                    StepUpRows.rows(),
                    PolicyRows.rows(),
                    KindRows.rows(),
                    ProofRows.rows(),
                    ProofClaimRows.rows())
            .flatMap(List::stream)
            .toList();

    private AttackCatalogue() {}

    /** The rows about limits and the brake, for guards with the module that counts. They are none of {@link #rows()}. */
    public static List<AttackRow> rowsOfLimits() {
        return LimitRows.rows();
    }

    /** The rows about writes that happen once, which need an adapter. They are none of {@link #rows()}. */
    public static List<AttackRow> rowsOfWrites() {
        return WriteRows.rows();
    }

    /** The rows. */
    public static List<AttackRow> rows() {
        return ROWS;
    }
}
