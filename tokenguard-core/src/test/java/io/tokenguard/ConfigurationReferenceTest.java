package io.tokenguard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tokenguard.config.BackChannelLogout;
import io.tokenguard.config.Dpop;
import io.tokenguard.config.Revocations;
import io.tokenguard.config.SecurityEvents;
import io.tokenguard.config.TheftDetection;
import io.tokenguard.config.TokenCache;
import io.tokenguard.internal.properties.PropertyKeys;
import io.tokenguard.internal.properties.PropertySources;
import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds {@code docs/configuration.md} against the code. */
@Tag("sources")
class ConfigurationReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "configuration.md");
    private static final Pattern ROW =
            Pattern.compile("^\\| `(tokenguard\\.[^`]+)` \\| ([^|]+) \\|.*", Pattern.MULTILINE);
    private static final Pattern CODE_ONLY = Pattern.compile("In code only: (.*?)\\n\\n", Pattern.DOTALL);
    private static final Pattern EXAMPLE = Pattern.compile("```properties\n(.*?)```", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("`(\\w+)(?:\\(\\w+\\))?`");

    private static String page() throws IOException {
        return Files.readString(PAGE);
    }

    private static Set<String> builderMethods(Class<?>... builders) {
        return Stream.of(builders)
                .flatMap(builder -> Arrays.stream(builder.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("build"))
                .collect(Collectors.toSet());
    }

    private static List<String> namesIn(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    @Test
    void listsEveryKeyAndNoOther() throws IOException {
        Set<String> documented =
                ROW.matcher(page()).results().map(row -> row.group(1)).collect(Collectors.toSet());
        assertThat(documented)
                .containsAll(PropertyKeys.all())
                .hasSize(PropertyKeys.all().size() + 6)
                .contains(
                        "tokenguard.routes.<id>",
                        "tokenguard.lists.<id>.file",
                        "tokenguard.limits.<id>",
                        "tokenguard.writes.<id>",
                        "tokenguard.downstream.<id>.…",
                        "tokenguard.issuers.<id>.…");
    }

    @Test
    void everyBuilderMethodHasItsPropertyOrIsSaidToBeForCodeOnly() throws IOException {
        Set<String> documented = ROW.matcher(page())
                .results()
                .flatMap(row -> namesIn(row.group(2)).stream())
                .collect(Collectors.toSet());
        Matcher codeOnly = CODE_ONLY.matcher(page());
        assertThat(codeOnly.find()).isTrue();
        documented.addAll(namesIn(codeOnly.group(1)));
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(
                        builderMethods(TokenGuardBuilder.class, TrustedIssuerBuilder.class));
    }

    /** Settings that are values of their own; their methods are named with them. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                Dpop.class,
                TokenCache.class,
                Revocations.class,
                TheftDetection.class,
                TheftDetection.Baseline.class,
                BackChannelLogout.class,
                SecurityEvents.class
            })
    void everyMethodOfSuchAValueHasItsPropertyOrIsSaidToBeForCodeOnly(Class<?> value) throws IOException {
        String name =
                value.getName().substring(value.getPackageName().length() + 1).replace("$", "\\.");
        Set<String> documented = Pattern.compile("`" + name + "\\.(\\w+)(?:\\([^)]*\\))?`")
                .matcher(page())
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        Set<String> read = Stream.of(value.getRecordComponents())
                .map(RecordComponent::getName)
                .collect(Collectors.toSet());
        Set<String> settings = Stream.of(value.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == value)
                .map(Method::getName)
                .collect(Collectors.toSet());
        settings.remove("strict");
        assertThat(documented).containsExactlyInAnyOrderElementsOf(settings);
        read.removeAll(Set.of("nonces", "isOn", "acceptsUntypedTokens", "endsAllSessions", "validity", "scores"));
        assertThat(settings).containsAll(read);
    }

    @Test
    void everyMethodOfAConnectionHasItsProperty() throws IOException {
        Set<String> settings = Stream.of(TrustedIssuer.Connection.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .map(Method::getName)
                .filter(name -> !name.equals("toString"))
                .collect(Collectors.toSet());
        assertThat(Pattern.compile("`Connection\\.(\\w+)\\([^)]*\\)`")
                        .matcher(page())
                        .results()
                        .map(name -> name.group(1)))
                .containsOnlyOnceElementsOf(settings)
                .hasSameElementsAs(settings);
    }

    @Test
    void itsExampleBuildsAGuard() throws IOException {
        Matcher example = EXAMPLE.matcher(page());
        assertThat(example.find()).isTrue();
        Properties properties = new Properties();
        properties.load(new StringReader(example.group(1)));
        assertThatCode(() -> GuardProperties.of(PropertySources.textsOf(properties)).toBuilder()
                        .build()
                        .close())
                .doesNotThrowAnyException();
    }
}
