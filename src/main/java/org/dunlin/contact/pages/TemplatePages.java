package org.dunlin.contact.pages;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.dunlin.contact.log.MessageContent;
import org.dunlin.contact.template.Templates;
import org.dunlin.contact.template.TextBundle;
import org.dunlin.contact.text.Previews;
import org.dunlin.platform.security.Groups;
import org.dunlin.platform.security.Roles;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.server.ResponseStatusException;

/** Every message in every language as it looks now, for those who write them; and what is wrong with files of theirs. */
@Controller
@Roles(Groups.DESIGNERS)
class TemplatePages {

    private static final String ONE = "/templates/preview/{language}/{template}";

    private final Templates templates;
    private final Previews previews;
    private final TemplateUses uses;

    TemplatePages(Templates templates, Previews previews, TemplateUses uses) {
        this.templates = templates;
        this.previews = previews;
        this.uses = uses;
    }

    /** A line of the list. */
    record Row(String template, boolean notice, List<TemplateUses.Use> uses, List<String> languages) {}

    @GetMapping("/templates")
    String list(Model model) {
        templates.refresh();
        Map<String, List<TemplateUses.Use>> used = uses.byTemplate();
        TreeSet<String> names = new TreeSet<>();
        TextBundle.LANGUAGES.forEach(language -> names.addAll(previews.templates(language)));
        List<Row> rows = names.stream()
                .map(name -> new Row(
                        name,
                        previews.isNotice(name),
                        used.getOrDefault(name, List.of()),
                        TextBundle.LANGUAGES.stream()
                                .filter(language -> previews.templates(language).contains(name))
                                .toList()))
                .sorted(java.util.Comparator.comparing(Row::notice)
                        .thenComparing(row -> row.uses().stream()
                                .mapToInt(TemplateUses.Use::rung)
                                .min()
                                .orElse(Integer.MAX_VALUE))
                        .thenComparing(Row::template))
                .toList();
        model.addAttribute("rows", rows);
        model.addAttribute("problems", templates.problems());
        model.addAttribute("own", new TreeSet<>(templates.own()));
        model.addAttribute("folder", templates.folder().map(Object::toString).orElse(null));
        return "texts/list";
    }

    @GetMapping(ONE)
    String one(@PathVariable String language, @PathVariable String template, Model model) {
        MessageContent mail = mail(language, template);
        model.addAttribute("template", template);
        model.addAttribute("language", language);
        model.addAttribute("languages", TextBundle.LANGUAGES);
        model.addAttribute("subject", mail.subject());
        model.addAttribute("text", mail.text());
        model.addAttribute("problems", templates.problems());
        return "texts/one";
    }

    /** The page as it goes out by e-mail. */
    @GetMapping(path = ONE + "/email", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String email(@PathVariable String language, @PathVariable String template, HttpServletResponse response) {
        String html = Objects.requireNonNull(mail(language, template).html());
        response.setHeader("Content-Security-Policy", ContactPages.MESSAGE_POLICY);
        return html;
    }

    /** The letter as it is printed. */
    @GetMapping(ONE + "/letter")
    ResponseEntity<byte[]> letter(@PathVariable String language, @PathVariable String template) {
        check(language, template);
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_PDF)
                .header(
                        "Content-Disposition",
                        ContentDisposition.inline()
                                .filename(template + "-" + language + ".pdf")
                                .build()
                                .toString())
                .body(previews.letter(template, language));
    }

    private MessageContent mail(String language, String template) {
        check(language, template);
        return previews.email(template, language);
    }

    private void check(String language, String template) {
        templates.refresh();
        if (!TextBundle.LANGUAGES.contains(language)
                || !previews.templates(language).contains(template)) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
    }
}
