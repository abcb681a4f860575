package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tokenguard.access.RefusalReason;
import io.tokenguard.access.RefusalReason.Stage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A reason is raised in the package of its stage, so that the stage in the log names the code that refused. */
@Tag("sources")
class ReasonStageTest {
    /** Parts that hold keys and introspection for an issuer, and that handle unexpected failures. */
    private static final List<String> ISSUERS =
            List.of("io.tokenguard", "io.tokenguard.internal.issuers", "io.tokenguard.internal.pipeline");

    /** They evaluate a reason that was raised elsewhere, create a requirement of it, or end streams with it. */
    private static final Set<String> READERS = Set.of(
            "io.tokenguard.access.AccessRequirement",
            "io.tokenguard.internal.assembly.IntrospectionAssembly",
            "io.tokenguard.internal.assembly.WatchedStreams",
            "io.tokenguard.internal.feeds.FeedError",
            "io.tokenguard.internal.introspection.SignedAnswerReader",
            "io.tokenguard.internal.pipeline.AuditDetails",
            "io.tokenguard.internal.pipeline.MatchedRequirement$Origin",
            "io.tokenguard.internal.pipeline.RefusalHints",
            "io.tokenguard.internal.response.ChallengeComposer",
            "io.tokenguard.internal.writes.WriteProblems",
            "io.tokenguard.internal.theft.TheftWatch");

    /** They validate tokens that are no access tokens, and refuse them by the same list. No request gets these reasons. */
    private static final Set<String> OTHER_TOKENS =
            Set.of("FeedReceiver", "LoadedList", "BoundedInflation", "RefreshedList");

    private static final Map<Stage, List<String>> PACKAGES = new EnumMap<>(Map.ofEntries(
            Map.entry(Stage.REQUEST, List.of("request")),
            Map.entry(Stage.CREDENTIALS, List.of("request")),
            Map.entry(Stage.TOKEN, List.of("token", "limits")),
            Map.entry(Stage.KEY, List.of("keys")),
            Map.entry(Stage.SIGNATURE, List.of("signature")),
            Map.entry(Stage.INTROSPECTION, List.of("introspection")),
            Map.entry(Stage.CLAIMS, List.of("claims")),
            Map.entry(Stage.LIFETIME, List.of("claims")),
            Map.entry(Stage.POSSESSION, List.of("possession")),
            Map.entry(Stage.REVOCATION, List.of("revocation", "status")),
            Map.entry(Stage.AUTHORIZATION, List.of("authorization", "limits", "writes")),
            Map.entry(Stage.INTERNAL, List.of())));
    private static final Set<Stage> OF_ISSUERS = Set.of(Stage.TOKEN, Stage.KEY, Stage.INTROSPECTION, Stage.INTERNAL);

    private static final List<JavaClass> CLASSES = List.copyOf(new ClassFileImporter()
            .withImportOption(new ArchitectureTest.CoreOnly())
            .importPackages("io.tokenguard"));

    private static boolean raises(JavaClass type, RefusalReason reason) {
        return type.getFieldAccessesFromSelf().stream()
                .filter(access -> access.getTargetOwner().isEquivalentTo(RefusalReason.class))
                .anyMatch(access -> access.getTarget().getName().equals(reason.name()));
    }

    private static boolean isReader(JavaClass type) {
        return type.isEquivalentTo(RefusalReason.class)
                || READERS.contains(type.getName())
                || OTHER_TOKENS.contains(type.getSimpleName())
                || isSwitchTable(type)
                || type.getPackageName().equals("io.tokenguard.internal.audit")
                || type.getPackageName().equals("io.tokenguard.internal.feeds");
    }

    /** The compiler's classes for switches over the reasons. */
    private static boolean isSwitchTable(JavaClass type) {
        return Set.of("io.tokenguard.internal.response.Descriptions$1", "io.tokenguard.internal.writes.WriteProblems$1")
                .contains(type.getName());
    }

    private static boolean isOfStage(String packageName, Stage stage) {
        return PACKAGES.get(stage).stream().anyMatch(name -> packageName.equals("io.tokenguard.internal." + name))
                || (OF_ISSUERS.contains(stage) && ISSUERS.contains(packageName));
    }

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void isThatOfThePackageThatRaisesTheReason(RefusalReason reason) {
        List<JavaClass> raising = CLASSES.stream()
                .filter(type -> !isReader(type) && raises(type, reason))
                .toList();
        assertThat(raising).as("classes that raise %s", reason).isNotEmpty();
        assertThat(raising)
                .as("classes that raise %s outside its stage %s", reason, reason.stage())
                .allMatch(type -> isOfStage(type.getPackageName(), reason.stage()));
    }
}
