package org.dunlin.contact.template;

import java.text.MessageFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.NoSuchMessageException;
import org.thymeleaf.IEngineConfiguration;
import org.thymeleaf.cache.AlwaysValidCacheEntryValidity;
import org.thymeleaf.cache.ICacheEntryValidity;
import org.thymeleaf.context.IContext;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.AbstractTemplateResolver;
import org.thymeleaf.templateresource.ITemplateResource;
import org.thymeleaf.templateresource.StringTemplateResource;

/** All texts and layouts as they are at one moment; never changed. */
public final class Wording {

    /** Pattern of a text by bundle and language, then by key. */
    private final Map<String, Map<String, String>> texts;

    private final Map<String, String> layouts;
    private final SpringTemplateEngine engine = new SpringTemplateEngine();

    /**
     * @param texts   by file, then by key: as {@link MessageFormat} reads them
     * @param layouts by file
     */
    Wording(Map<String, Map<String, String>> texts, Map<String, String> layouts) {
        Map<String, Map<String, String>> copy = new HashMap<>();
        texts.forEach((file, entries) -> copy.put(file, Map.copyOf(entries)));
        this.texts = Map.copyOf(copy);
        this.layouts = Map.copyOf(layouts);
        engine.setTemplateResolver(new InMemory(this.layouts));
        engine.setEnableSpringELCompiler(true);
    }

    /**
     * A text in a language.
     *
     * @throws NoSuchMessageException when there is none
     */
    public String text(String bundle, String key, Locale locale, @Nullable Object... arguments) {
        String pattern = texts.getOrDefault(TextBundle.file(bundle, locale.getLanguage()), Map.of())
                .get(key);
        if (pattern == null) {
            throw new NoSuchMessageException(key, locale);
        }
        return new MessageFormat(pattern, locale).format(arguments);
    }

    /** Whether there is such a text. */
    public boolean has(String bundle, String key, Locale locale) {
        return texts.getOrDefault(TextBundle.file(bundle, locale.getLanguage()), Map.of())
                .containsKey(key);
    }

    /** Templates that have every part they need in that language, by name. */
    public List<String> templates(TextBundle bundle, String language) {
        Set<String> keys = texts.getOrDefault(TextBundle.file(bundle.name(), language), Map.of())
                .keySet();
        return keys.stream()
                .filter(key -> key.endsWith(TextBundle.SUBJECT))
                .map(key -> key.substring(0, key.length() - TextBundle.SUBJECT.length()))
                .filter(template -> bundle.needed().stream().allMatch(part -> keys.contains(template + "." + part)))
                .sorted()
                .toList();
    }

    /**
     * A layout filled in. A template may have a layout of its own beside the common one: {@code email/finalNotice.html} beside
     * {@code email/message.html}.
     *
     * @param medium folder of the layout
     * @param ending {@code html} or {@code txt}
     */
    public String page(String medium, String template, String ending, IContext context) {
        String own = medium + "/" + template + "." + ending;
        return engine.process(layouts.containsKey(own) ? own : medium + "/message." + ending, context);
    }

    private static final class InMemory extends AbstractTemplateResolver {

        private final Map<String, String> layouts;

        InMemory(Map<String, String> layouts) {
            this.layouts = layouts;
        }

        @Override
        protected boolean computeResolvable(
                IEngineConfiguration configuration,
                @Nullable String owner,
                String template,
                @Nullable Map<String, Object> attributes) {
            return layouts.containsKey(template);
        }

        @Override
        protected ITemplateResource computeTemplateResource(
                IEngineConfiguration configuration,
                @Nullable String owner,
                String template,
                @Nullable Map<String, Object> attributes) {
            return new StringTemplateResource(Objects.requireNonNull(layouts.get(template)));
        }

        @Override
        protected TemplateMode computeTemplateMode(
                IEngineConfiguration configuration,
                @Nullable String owner,
                String template,
                @Nullable Map<String, Object> attributes) {
            return template.endsWith(".html") ? TemplateMode.HTML : TemplateMode.TEXT;
        }

        @Override
        protected ICacheEntryValidity computeValidity(
                IEngineConfiguration configuration,
                @Nullable String owner,
                String template,
                @Nullable Map<String, Object> attributes) {
            return AlwaysValidCacheEntryValidity.INSTANCE;
        }
    }
}
