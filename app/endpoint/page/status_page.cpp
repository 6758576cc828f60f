#include "app/endpoint/page/status_page.h"

#include <array>
#include <cstdio>

#include "app/endpoint/page/words.h"
#include "storage/base/text.h"

namespace bordereau::app::endpoint {
namespace {

using storage::AuditState;

constexpr std::array kStates{AuditState::draft,  AuditState::finalized, AuditState::has_issues,
                             AuditState::edited, AuditState::approved,  AuditState::rejected};

/// A page in the making. What is not markup goes through text().
class Page {
public:
    Page& markup(std::string_view html) {
        out_ += html;
        return *this;
    }
    Page& text(std::string_view plain) {
        out_ += escape_markup(plain);
        return *this;
    }
    /// What people or devices called something: its direction must not turn its surroundings.
    Page& name(std::string_view plain) { return markup("<bdi>").text(plain).markup("</bdi>"); }
    Page& line(std::string_view tag, std::string_view plain) {
        return markup("<").markup(tag).markup(">").text(plain).markup("</").markup(tag).markup(
            ">\n");
    }
    std::string finish() && { return std::move(out_) + "</main>\n</body>\n</html>\n"; }

private:
    std::string out_;
};

Page begin(std::string_view title, bool refreshes) {
    Page page;
    page.markup(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n");
    if (refreshes) page.markup("<meta http-equiv=\"refresh\" content=\"60\">\n");
    page.line("title", title);
    page.markup(
        "<link rel=\"icon\" href=\"data:,\">\n"
        "<link rel=\"stylesheet\" href=\"status.css\">\n</head>\n<body>\n<main>\n");
    return page;
}

std::string name_in_css(AuditState state) {
    return std::string{storage::name_of(state)};
}

std::string percent(std::int64_t part, std::int64_t all) {
    char digits[32];
    std::snprintf(digits, sizeof digits, "%.3f",
                  100.0 * static_cast<double>(part) / static_cast<double>(all));
    return digits;
}

std::int64_t sum_of(const TeamPart& team) {
    std::int64_t all = 0;
    for (const auto& [state, count] : team.audits) all += count;
    return all;
}

std::string in_words(const TeamPart& team) {
    std::string text;
    for (const AuditState state : kStates)
        if (const auto count = team.audits.find(state); count != team.audits.end())
            text += (text.empty() ? "" : ", ") + std::to_string(count->second) + " " +
                    std::string{words::of(state)};
    return text;
}

void draw_bar(Page& page, const TeamPart& team, std::int64_t all) {
    page.markup(
        "<svg class=\"bar\" viewBox=\"0 0 100 4\" preserveAspectRatio=\"none\" role=\"img\" "
        "aria-label=\"");
    page.text(in_words(team)).markup("\">");
    std::int64_t before = 0;
    for (const AuditState state : kStates) {
        const auto count = team.audits.find(state);
        if (count == team.audits.end()) continue;
        page.markup("<rect class=\"" + name_in_css(state) + "\" x=\"" + percent(before, all) +
                    "\" y=\"0\" width=\"" + percent(count->second, all) + "\" height=\"4\"/>");
        before += count->second;
    }
    page.markup("</svg>\n");
}

void list_states(Page& page, const TeamPart& team) {
    page.markup("<ul class=\"states\">\n");
    for (const AuditState state : kStates)
        if (const auto count = team.audits.find(state); count != team.audits.end())
            page.markup("<li><span class=\"key " + name_in_css(state) + "\"></span>")
                .text(std::to_string(count->second) + " ")
                .text(words::of(state))
                .markup("</li>\n");
    page.markup("</ul>\n");
}

void list_audits(Page& page, const TeamPart& team) {
    const std::int64_t all = sum_of(team);
    if (all == 0) {
        page.markup("<p class=\"faint\">").text(words::kNoAudits).markup("</p>\n");
        return;
    }
    page.line("p", words::audits(all));
    draw_bar(page, team, all);
    list_states(page, team);
}

void list_device(Page& page, const DeviceRow& device, Millis now) {
    page.markup(device.revoked ? "<li class=\"revoked\">" : "<li>");
    page.markup("<span class=\"who\">").name(device.name).markup("</span> ");
    page.markup("<span class=\"role\">").text(words::of(device.role));
    if (device.revoked)
        page.markup(", <strong class=\"warn\">").text(words::kRevoked).markup("</strong>");
    page.markup("</span> ");
    if (device.last_contact)
        page.markup("<time title=\"")
            .text(words::moment(*device.last_contact))
            .markup("\">")
            .text(words::last_contact(*device.last_contact, now))
            .markup("</time> ");
    else
        page.markup("<span class=\"faint\">").text(words::kNeverSeen).markup("</span> ");
    page.markup("<code>").text(device.id.text).markup("</code></li>\n");
}

void list_devices(Page& page, const TeamPart& team, Millis now) {
    page.line("h3", words::kDevices);
    if (team.devices.empty())
        page.markup("<p class=\"faint\">").text(words::kNoDevices).markup("</p>\n");
    page.markup("<ul class=\"devices\">\n");
    for (const DeviceRow& device : team.devices) list_device(page, device, now);
    page.markup("</ul>\n");
    if (team.more_devices > 0) page.line("p", words::more(team.more_devices));
}

void list_refused(Page& page, const TeamPart& team) {
    if (team.quarantined == 0) return;
    page.markup("<p class=\"warn\">").text(words::quarantined(team.quarantined)).markup("</p>\n");
    page.markup("<ul class=\"troubles\">\n");
    for (const RefusedRow& row : team.refused) {
        const auto& [device, fault, changesets, first, latest] = row.refused;
        page.markup("<li><time>").text(words::moment(latest)).markup("</time> ");
        page.name(row.device.empty() ? words::kNobodyKnown : row.device);
        page.markup("<p>").text(words::refused(changesets, fault)).markup("</p></li>\n");
    }
    page.markup("</ul>\n");
    if (team.more_refused > 0) page.line("p", words::more(team.more_refused));
}

void show_team(Page& page, const TeamPart& team, Millis now) {
    page.markup("<section class=\"card\">\n<h2>").name(team.name).markup("</h2>\n");
    list_audits(page, team);
    list_refused(page, team);
    if (team.turned_away > 0)
        page.markup("<p class=\"warn\">")
            .text(words::turned_away(team.turned_away))
            .markup("</p>\n");
    list_devices(page, team, now);
    page.markup("</section>\n");
}

void list_troubles(Page& page, const StatusView& view) {
    page.markup("<section class=\"card\">\n").line("h2", words::kTroubles);
    if (view.troubles.empty())
        page.markup("<p class=\"faint\">").text(words::kNoTroubles).markup("</p>\n");
    page.markup("<ul class=\"troubles\">\n");
    for (const Trouble& one : view.troubles) {
        page.markup("<li><time>").text(words::moment(one.incident.at)).markup("</time> ");
        if (!one.team.empty()) page.markup("<b>").name(one.team).markup("</b> ");
        if (!one.device.empty()) page.name(one.device).markup(" ");
        page.markup("<p>")
            .text(one.incident.fault ? words::trouble(*one.incident.fault)
                                     : words::trouble(one.incident.outcome))
            .markup(" <span class=\"faint\">");
        page.text(words::times(one.incident.times)).markup("</span></p></li>\n");
    }
    page.markup("</ul>\n</section>\n");
}

void show_store(Page& page, const storage::StoreTotals& totals) {
    page.markup("<section class=\"card\">\n").line("h2", words::kStore);
    page.line("p", words::size(totals.bytes) + ", " + words::held(totals.changesets));
    if (totals.unfolded > 0) page.line("p", words::unfolded(totals.unfolded));
    if (totals.waiting > 0) page.line("p", words::waiting(totals.waiting));
    if (totals.quarantined > 0) page.line("p", words::quarantined(totals.quarantined));
    page.markup("</section>\n");
}

}  // namespace

std::string status_page(const StatusView& view) {
    Page page = begin(words::heading(view.agency), true);
    page.markup("<header>\n<h1>").name(words::heading(view.agency)).markup("</h1>\n");
    page.markup("<p class=\"faint\">")
        .text(std::string{words::kTitle} + " " + BORDEREAU_VERSION + ", ")
        .text(words::moment(view.now))
        .markup("</p>\n</header>\n");
    list_troubles(page, view);
    if (view.teams.empty()) page.line("p", words::kNoTeams);
    for (const TeamPart& team : view.teams) show_team(page, team, view.now);
    if (view.more_teams > 0) page.line("p", words::more(view.more_teams));
    show_store(page, view.totals);
    return std::move(page).finish();
}

std::string login_page(bool wrong) {
    Page page = begin(words::kLogin, false);
    page.line("h1", words::kLogin);
    if (wrong)
        page.markup("<p class=\"warn\" role=\"alert\">").text(words::kWrongToken).markup("</p>");
    page.markup("<form class=\"card\" method=\"post\" action=\"status-login\">\n<label>")
        .text(words::kToken)
        .markup(
            " <input name=\"token\" type=\"password\" required autofocus "
            "autocomplete=\"current-password\"></label>\n<button>")
        .text(words::kShow)
        .markup("</button>\n</form>\n<p class=\"faint\">")
        .text(words::kHowToToken)
        .markup("</p>\n");
    return std::move(page).finish();
}

http::Answer page_answer(int status, std::string html) {
    return {status,
            std::move(html),
            "text/html; charset=utf-8",
            {{"Content-Security-Policy",
              "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; "
              "base-uri 'none'; frame-ancestors 'none'"},
             {"X-Content-Type-Options", "nosniff"},
             {"X-Frame-Options", "DENY"},
             {"Referrer-Policy", "no-referrer"},
             {"Cross-Origin-Resource-Policy", "same-origin"},
             {"Cache-Control", "no-store"}}};
}

http::Answer style_answer() {
    return {200,
            std::string{status_style()},
            "text/css; charset=utf-8",
            {{"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "max-age=3600"}}};
}

}  // namespace bordereau::app::endpoint
