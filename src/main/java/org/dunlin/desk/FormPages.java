package org.dunlin.desk;

import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Tasklist fetches the forms that are pages from here, as everything of ours with a login; forms of models it gets from the engine. */
@Configuration(proxyBeanMethods = false)
class FormPages implements WebMvcConfigurer {

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler("/forms/*.html").addResourceLocations("classpath:/forms/");
    }
}
