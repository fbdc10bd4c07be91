package org.dunlin.desk;

import java.util.List;
import java.util.Locale;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.i18n.AcceptHeaderLocaleResolver;

/** Our own pages speak the first language of the browser that we know, as Tasklist and Cockpit do; else English. */
@Configuration(proxyBeanMethods = false)
class Languages {

    static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.GERMAN, Locale.forLanguageTag("nl"), Locale.FRENCH);

    @Bean
    LocaleResolver localeResolver() {
        var resolver = new AcceptHeaderLocaleResolver();
        resolver.setSupportedLocales(ALL);
        resolver.setDefaultLocale(Locale.ENGLISH);
        return resolver;
    }
}
