#include "app/cli/cli.h"

#include <array>
#include <memory>
#include <string>

#include "app/call/wrong_call.h"
#include "app/cli/commands.h"

namespace bordereau::app::cli {
namespace {

constexpr const char* kAbout =
    "Bordereau records audits of gender-responsive practice at borders, offline and encrypted.\n"
    "Without a subcommand it opens its window.";

constexpr const char* kFooter = R"(Examples:
  export BORDEREAU_PASSPHRASE='a long passphrase' BORDEREAU_PERSON=amina
  bordereau init --team "Post 7"
  audit=$(bordereau new grpa_walk)
  bordereau answer $audit w_shift=day w_duty_w=2 w_duty_m=5
  bordereau answer $audit --file answers.tsv
  bordereau attach $audit photo room.jpg
  bordereau finalize $audit
  bordereau --person noor review $audit --comment "w9=Which room?" --return "One question"
  bordereau list --state approved --json
  bordereau report scorecard --audience agency --out reports

The passphrase comes from --passphrase-file, BORDEREAU_PASSPHRASE, or the terminal.
Exit codes: 0 done, 1 disk or damaged data, 2 wrong call, 3 not found, 4 refused or not valid,
5 the notebook is open elsewhere, 6 no answer from the endpoint.)";

using Words = std::vector<std::string>;
const Words kRoles{"officer", "supervisor", "administrator"};
const Words kAudiences{"team", "agency", "public"};
const Words kStates{"draft", "finalized", "hasIssues", "edited", "approved", "rejected"};

// Options of all subcommands, filled while parsing.
struct Call {
    Shared shared;
    InitOptions init;
    AddPersonOptions person;
    SalvageOptions salvage;
    ListOptions list;
    ShowOptions show;
    HistoryOptions history;
    FindOptions find;
    NewOptions start;
    AnswerOptions answer;
    CopyOptions copy;
    ConfirmOptions confirm;
    NoteOptions note;
    AttachOptions attach;
    AttachmentOptions attachment;
    ReviewOptions review;
    ReportOptions report;
    CheckFormOptions check_form;
    RunFormOptions run_form;
    RecoverOptions recover;
    RestoreOptions restore;
    AdmitOptions admit;
    RevokeOptions revoke;
    BundleOptions bundle;
    SyncOptions sync;
    TravelOptions travel;
    LanOptions lan;
    std::string audit, invitation, certificate, audience = "team", person_name, role, reason,
                                                new_passphrase;
    std::filesystem::path form_file, csv_folder, tour_folder = "tour", backup_file, page;
    bool replace = false;
    std::function<Exit(const Console&)> chosen;
};

template <class Work>
CLI::App* command(CLI::App& app, Call& call, const char* name, const char* about, Work work) {
    CLI::App* sub = app.add_subcommand(name, about);
    sub->footer("");  // else that of the whole program, which speaks of other commands
    sub->callback([&call, work] { call.chosen = work; });
    return sub;
}

void declare_notebook(CLI::App& app, Call& call) {
    auto* init = command(app, call, "init", "Make a notebook",
                         [&](const Console& c) { return cli::init(c, call.init); });
    init->add_option("--team", call.init.team, "Name of the team")->required();
    init->add_option("--device", call.init.device, "Name of this laptop");
    auto* add = command(app, call, "add-person", "Give another person a passphrase of their own",
                        [&](const Console& c) { return add_person(c, call.person); });
    add->add_option("name", call.person.person)->required();
    add->add_option("--role", call.person.role, "officer, supervisor or administrator")
        ->required()
        ->check(call::one_of(kRoles));
    add->add_option("--new-passphrase-file", call.person.passphrase_file,
                    "Else BORDEREAU_NEW_PASSPHRASE");
}

void declare_people(CLI::App& app, Call& call) {
    command(app, call, "people", "List who shares the notebook",
            [](const Console& c) { return people(c); });
    command(app, call, "remove-person", "Take the key away from somebody, and change it",
            [&](const Console& c) { return remove_person(c, call.person_name); })
        ->add_option("name", call.person_name)
        ->required();
    auto* role =
        command(app, call, "set-role", "Give somebody another role",
                [&](const Console& c) { return set_role(c, call.person_name, call.role); });
    role->add_option("name", call.person_name)->required();
    role->add_option("role", call.role, "officer, supervisor or administrator")
        ->required()
        ->check(call::one_of(kRoles));
    command(app, call, "passphrase", "Change your passphrase",
            [&](const Console& c) { return change_passphrase(c, call.new_passphrase); })
        ->add_option("--new-passphrase-file", call.new_passphrase,
                     "Else BORDEREAU_NEW_PASSPHRASE, else asked");
    command(app, call, "change-key", "Give the notebook a new key; passphrases stay",
            [](const Console& c) { return change_key(c); });
    command(app, call, "recovery-key", "Make a key on paper for forgotten passphrases",
            [&](const Console& c) { return recovery_key(c, call.page); })
        ->add_option("--page", call.page, "Write a page to print instead of printing the key");
    auto* recover = command(app, call, "recover", "Give somebody a new passphrase by that key",
                            [&](const Console& c) { return cli::recover(c, call.recover); });
    recover->add_option("name", call.recover.person)->required();
    recover->add_option("--key-file", call.recover.key_file,
                        "Else BORDEREAU_RECOVERY_KEY, else asked");
    recover->add_option("--new-passphrase-file", call.recover.passphrase_file,
                        "Else BORDEREAU_NEW_PASSPHRASE, else asked");
}

void declare_backup(CLI::App& app, Call& call) {
    auto* made =
        command(app, call, "backup", "Copy the notebook into one encrypted file",
                [&](const Console& c) { return backup(c, call.backup_file, call.replace); });
    made->add_option("file", call.backup_file)->required();
    made->add_flag("--replace", call.replace, "Write over an earlier backup of that name");
    auto* restore = command(app, call, "restore", "Make a notebook from a backup, as a new device",
                            [&](const Console& c) { return cli::restore(c, call.restore); });
    restore->add_option("file", call.restore.file)->required();
    restore->add_option("--into", call.restore.into, "Folder; must be empty or not there")
        ->required();
    restore->add_option("--device", call.restore.device, "Name of this laptop");
}

void declare_upkeep(CLI::App& app, Call& call) {
    command(app, call, "verify", "Check signatures, chains, and the tables made from them",
            [](const Console& c) { return verify(c); });
    command(app, call, "rebuild", "Make lists and answers from the log again",
            [](const Console& c) { return rebuild(c); });
    auto* salvage =
        command(app, call, "salvage", "Bring what can be read of a damaged notebook into a new one",
                [&](const Console& c) { return cli::salvage(c, call.salvage); });
    salvage->add_option("damaged", call.salvage.damaged, "Folder; nothing in it is changed")
        ->required();
    salvage->add_option("--into", call.salvage.into, "Folder of the new notebook")->required();
}

void declare_recording(CLI::App& app, Call& call) {
    auto* list = command(app, call, "list", "List audits",
                         [&](const Console& c) { return cli::list(c, call.list); });
    list->add_option("--state", call.list.state,
                     "draft, finalized, hasIssues, edited, approved or rejected")
        ->check(call::one_of(kStates));
    list->add_option("--text", call.list.text, "Part of title or unit");
    auto* find = command(app, call, "find", "Find audits by words in answers, comments and titles",
                         [&](const Console& c) { return cli::find(c, call.find); });
    find->add_option(
            "words", call.find.words,
            "Words; '\"a phrase\"'; -excluded (after --); begin*; state:approved and so on")
        ->required();
    find->add_option("--state", call.find.state, "As of list; also returned");
    find->add_option("--form", call.find.form, "Id of the form");
    find->add_option("--unit", call.find.unit, "Its whole name");
    find->add_option("--by", call.find.person, "Login of the person who records it");
    find->add_option("--from", call.find.from, "Day of the latest change, 2026-03-07");
    find->add_option("--to", call.find.to, "Included");
    find->add_option("--limit", call.find.limit, "At most so many audits");
    auto* history = command(app, call, "history", "Who changed what in an audit, when, and why",
                            [&](const Console& c) { return cli::history(c, call.history); });
    history->add_option("audit", call.history.audit, "Id, or its beginning")->required();
    history->add_option("--question", call.history.question, "Only this one, by name or XPath");
    auto* csv = history->add_option("--csv", call.history.csv, "Write it as ODK's audit.csv");
    history->add_flag("--as-form", call.history.as_form, "Only the columns the form asks for")
        ->needs(csv);
    auto* shown = command(app, call, "show", "Show an audit with its answers and comments",
                          [&](const Console& c) { return show(c, call.show); });
    shown->add_option("audit", call.show.audit, "Id, or its beginning")->required();
    shown->add_option("--choices", call.show.choices_of,
                      "Instead: what this question can be answered with");
    auto* start = command(app, call, "new", "Begin an audit; prints its id",
                          [&](const Console& c) { return cli::start(c, call.start); });
    start->add_option("form", call.start.form, "Id of the form, such as grpa_main")->required();
    start->add_option("--form-version", call.start.version, "Else the latest");
    auto* answer = command(app, call, "answer", "Answer questions",
                           [&](const Console& c) { return cli::answer(c, call.answer); });
    answer->add_option("audit", call.answer.audit)->required();
    answer->add_option("answers", call.answer.answers, "QUESTION=VALUE, by name or XPath");
    answer->add_option("--file", call.answer.file, "An answer script: path, tab, value");
    auto* take = command(app, call, "take-over", "Go on with what somebody else records",
                         [&](const Console& c) { return take_over(c, call.audit, call.reason); });
    take->add_option("audit", call.audit)->required();
    take->add_option("--reason", call.reason, "Kept in its history");
    command(app, call, "finalize", "Hand an audit to review",
            [&](const Console& c) { return finalize(c, call.audit); })
        ->add_option("audit", call.audit)
        ->required();
}

void declare_copying(CLI::App& app, Call& call) {
    auto* copy = command(app, call, "copy", "Copy answers from the last audit of the same unit",
                         [&](const Console& c) { return cli::copy(c, call.copy); });
    copy->add_option("audit", call.copy.audit)->required();
    copy->add_option("--from", call.copy.from, "Another audit with the same form");
    copy->add_option("--section", call.copy.section, "Only this one: title, number or name");
    auto* confirm = command(app, call, "confirm", "Say that copied answers are still true",
                            [&](const Console& c) { return cli::confirm(c, call.confirm); });
    confirm->add_option("audit", call.confirm.audit)->required();
    confirm->add_option("questions", call.confirm.questions, "Names or XPaths; none: list them");
    confirm->add_flag("--all", call.confirm.all, "Every one of them");
    auto* note = command(app, call, "note", "Write a note at a question, or take it away",
                         [&](const Console& c) { return cli::note(c, call.note); });
    note->add_option("audit", call.note.audit)->required();
    note->add_option("question", call.note.question, "Name or XPath")->required();
    note->add_option("text", call.note.text, "Nothing takes the note away");
}

void declare_files(CLI::App& app, Call& call) {
    auto* attach = command(app, call, "attach", "Answer a question with a file",
                           [&](const Console& c) { return cli::attach(c, call.attach); });
    attach->add_option("audit", call.attach.audit)->required();
    attach->add_option("question", call.attach.question, "Name or XPath")->required();
    attach->add_option("file", call.attach.file)->required();
    auto* detach = command(app, call, "detach", "Clear the answer of a file question",
                           [&](const Console& c) { return cli::detach(c, call.attach); });
    detach->add_option("audit", call.attach.audit)->required();
    detach->add_option("question", call.attach.question, "Name or XPath")->required();
    auto* copy = command(app, call, "attachment", "List an audit's files, or save a copy of one",
                         [&](const Console& c) { return attachment(c, call.attachment); });
    copy->add_option("audit", call.attachment.audit)->required();
    auto* name = copy->add_option("name", call.attachment.name, "As the answer names it");
    copy->add_option("--out", call.attachment.out, "File for the copy, which is not encrypted")
        ->needs(name);
    command(app, call, "collect-files", "Remove encrypted files that no audit names",
            [](const Console& c) { return collect_files(c); });
}

void declare_review(CLI::App& app, Call& call) {
    auto* review = command(app, call, "review", "Comment on, return, approve or reject an audit",
                           [&](const Console& c) { return cli::review(c, call.review); });
    review->add_option("audit", call.review.audit)->required();
    review->add_option("--comment", call.review.comments, "QUESTION=TEXT, or TEXT on the whole");
    review->add_option("--accept", call.review.accept, "Path of a piece of evidence");
    review->add_option("--tick", call.review.ticks, "Item of the review list, or 'all'");
    review->add_option("--refuse", call.review.reject_evidence, "Path of a piece of evidence");
    auto* back = review->add_option("--return", call.review.send_back, "Reason");
    auto* reject = review->add_option("--reject", call.review.reject, "Reason");
    auto* approve =
        review->add_flag("--approve", call.review.approve)->excludes(back)->excludes(reject);
    review
        ->add_flag("--with-open-comments", call.review.with_open_comments,
                   "Although comments wait to be dealt with")
        ->needs(approve);
}

Exit join_either_way(const Console& console, const Call& call) {
    if (call.certificate.empty()) return join(console, call.invitation);
    return join_by_certificate(console, call.certificate);
}

void declare_travel_choices(CLI::App& app, Call& call) {
    auto* travel = command(app, call, "travel", "How this laptop travels: proxy, speed, and when",
                           [&](const Console& c) { return cli::travel(c, call.travel); });
    travel->add_option("--proxy", call.travel.proxy,
                       "system, none, or an address: http://host:port");
    travel
        ->add_option("--limit", call.travel.limit,
                     "At most so many bytes a second either way; 0: no limit")
        ->transform(CLI::AsSizeValue(true));
    const CLI::Validator yes_or_no = call::one_of({"yes", "no"});
    travel->add_option("--on-request", call.travel.on_request, "yes: only when asked, or no")
        ->check(yes_or_no);
    travel->add_option("--paused", call.travel.paused, "yes or no")->check(yes_or_no);
}

void declare_lan(CLI::App& app, Call& call) {
    CLI::App* lan = app.add_subcommand("lan", "Exchange with a laptop of the team in this network");
    lan->require_subcommand(1);
    auto* serve = command(*lan, call, "serve", "Open the door, so that another laptop can come",
                          [&](const Console& c) { return lan_serve(c, call.lan); });
    serve->add_option("--minutes", call.lan.minutes, "How long it stays open (default 10)")
        ->check(CLI::Range(1, 24 * 60));
    serve->add_option("--host", call.lan.host, "Address to listen on (default 0.0.0.0)");
    serve->add_option("--port", call.lan.port, "Else 8644, or a free one")
        ->check(CLI::Range(1, 65535));
    command(*lan, call, "sync", "Go to a laptop whose door is open",
            [&](const Console& c) { return lan_sync(c, call.lan); })
        ->add_option("address", call.lan.address, "As that laptop shows it: host or host:port")
        ->required();
    command(*lan, call, "find", "Look for laptops whose door is open",
            [&](const Console& c) { return lan_find(c, call.lan); })
        ->add_option("--seconds", call.lan.seconds, "How long (default 3)")
        ->check(CLI::Range(1, 60));
}

void declare_travel(CLI::App& app, Call& call) {
    const auto work = [&](const Console& c) { return join_either_way(c, call); };
    auto* join =
        command(app, call, "join",
                "Join a team's endpoint with an invitation, or a team by a certificate", work);
    auto* way = join->add_option_group("way");
    way->add_option("invitation", call.invitation, "The code that an endpoint gave");
    way->add_option("--certificate", call.certificate,
                    "The code that 'admit' gave, or a file with it");
    way->require_option(1);
    auto* sync = command(app, call, "sync", "Exchange with the endpoint once",
                         [&](const Console& c) { return cli::sync(c, call.sync); });
    auto* limit = sync->add_option("--limit", call.sync.limit,
                                   "At most so many bytes a second either way, for example 32k")
                      ->transform(CLI::AsSizeValue(true));
    auto* log = sync->add_flag("--log", call.sync.log,
                               "Instead: what was sent, received, acknowledged and refused");
    log->excludes(limit);
    sync->add_option("--audit", call.sync.audit, "Of this audit only")->needs(log);
    declare_travel_choices(app, call);
    declare_lan(app, call);
}

void declare_members(CLI::App& app, Call& call) {
    command(app, call, "device-code", "Print this laptop's request to belong to a team",
            [](const Console& c) { return device_code(c); });
    auto* admit =
        command(app, call, "admit", "Let a laptop belong to the team that was founded on this one",
                [&](const Console& c) { return cli::admit(c, call.admit); });
    admit->add_option("code", call.admit.code, "What 'device-code' printed, or a file with it")
        ->required();
    admit->add_option("--name", call.admit.name, "What people call it");
    admit->add_option("--role", call.admit.role, "officer, supervisor or administrator")
        ->required()
        ->check(call::one_of(kRoles));
    admit->add_option("--instead-of", call.admit.instead_of,
                      "A laptop whose audits it goes on with, as after 'restore'");
    admit->add_option("--output", call.admit.output, "A file for the certificate, else printed");
    command(app, call, "members", "List the team's laptops",
            [](const Console& c) { return members(c); });
    auto* revoke = command(app, call, "revoke", "End a laptop's membership",
                           [&](const Console& c) { return cli::revoke(c, call.revoke); });
    revoke->add_option("device", call.revoke.device, "Its name, or the beginning of its number")
        ->required();
    revoke->add_option("--reason", call.revoke.reason, "Kept with the membership")->required();
}

void declare_bundles(CLI::App& app, Call& call) {
    auto* bundle = app.add_subcommand("bundle", "Exchange with other laptops by a USB stick");
    bundle->require_subcommand(1);
    auto* written = command(*bundle, call, "export", "Write a bundle for the team's devices",
                            [&](const Console& c) { return export_bundle(c, call.bundle); });
    written->add_option("path", call.bundle.place, "File, or folder of a stick")->required();
    written->add_option(
        "--to", call.bundle.to,
        "Name or id of a device, which gets what it lacks; else all that may hold something");
    written->add_flag("--since-receipt", call.bundle.since_receipt,
                      "Leave out what all receivers have acknowledged");
    written->add_option("--part-size", call.bundle.part_size, "Largest file, for example 2GB")
        ->transform(CLI::AsSizeValue(false));
    command(*bundle, call, "import", "Take bundles and receipts in; twice is no change",
            [&](const Console& c) { return import_bundles(c, call.bundle); })
        ->add_option("path", call.bundle.places, "Files, or folders of sticks")
        ->required();
    command(*bundle, call, "inspect", "Say what can be said of a bundle without a key",
            [&](const Console& c) { return inspect_bundles(c, call.bundle); })
        ->add_option("path", call.bundle.places, "Files, or folders of sticks")
        ->required();
}

void declare_reports(CLI::App& app, Call& call) {
    auto* report = command(app, call, "report", "Write a report from approved audits",
                           [&](const Console& c) { return cli::report(c, call.report); });
    report->add_option("report", call.report.report)
        ->required()
        ->check(call::one_of({"submission", "scorecard"}));
    report->add_option("--audience", call.report.audience, "team, agency or public")
        ->check(call::one_of(kAudiences));
    report->add_option("--out", call.report.folder, "Folder");
    report->add_option("--questions", call.report.questions,
                       "The five questions of the call, a line each");
    report->add_flag("--reread", call.report.reread, "All free text was read for personal data");
    auto* exported =
        command(app, call, "export", "Write answers of approved audits as CSV",
                [&](const Console& c) { return export_csv(c, call.audience, call.csv_folder); });
    exported->add_option("--csv", call.csv_folder, "Folder")->required();
    exported->add_option("--audience", call.audience, "team, agency or public")
        ->check(call::one_of(kAudiences));
}

void declare_form_check(CLI::App& form, Call& call) {
    auto* check = command(form, call, "check", "Report on a form file",
                          [&](const Console& c) { return check_form(c, call.check_form); });
    check->add_option("file", call.check_form.form, ".xlsx, .xlsm, .csv, .md or .xml")->required();
    check->add_flag("--table", call.check_form.table,
                    "A line per finding: topic, severity, sheet, row, column, path, message, "
                    "remedy, between tabs");
    check->add_flag("--strict", call.check_form.strict,
                    "Exit with 4 for any finding, not only for errors");
    check->footer(
        "Reports errors and warnings with sheet, row and column; size; texts that a language "
        "lacks;\n"
        "questions that are never asked; unused lists; missing files and media; what other "
        "clients\n"
        "lack. Files are looked for beside the form and in FORM-media. With --json everything "
        "comes\n"
        "as one object.\nExit codes: 0 usable, 3 no such file, 4 not usable.");
}

void declare_form_run(CLI::App& form, Call& call) {
    auto* run = command(form, call, "run", "Fill a form from an answer script",
                        [&](const Console& c) { return run_form(c, call.run_form); });
    run->add_option("file", call.run_form.form, ".xlsx, .xlsm, .csv, .md or .xml")->required();
    run->add_option("--answers", call.run_form.answers, "The script, see below")->required();
    run->add_option("--out", call.run_form.out, "The submission as XML; - for standard output")
        ->required();
    run->add_option("--language", call.run_form.language,
                    "Of the form's messages, as written in it: 'French (fr)'");
    run->footer(
        "A script has a step per line, cells between a tab:\n"
        "  /data/g/age<TAB>34    answers a question; its name alone will do where it is unique\n"
        "  + /data/person        adds a row to a repeat\n"
        "  - /data/person[2]     removes one\n"
        "  # a remark\n"
        "In values \\n, \\t and \\\\ stand for a line end, a tab and a backslash; no value "
        "clears.\n"
        "The record is written even where it is not valid; what is wrong is said with its line.\n"
        "Exit codes: 0 valid, 2 wrong call, 3 no such file, 4 not valid or steps that failed.");
}

void declare_forms(CLI::App& app, Call& call) {
    CLI::App* form = app.add_subcommand("form", "Forms: list, add, check, run");
    form->require_subcommand(1);
    command(*form, call, "list", "List the notebook's forms, unusable ones with their findings",
            [](const Console& c) { return list_forms(c); });
    command(*form, call, "add", "Add an XLSForm or ODK XForm",
            [&](const Console& c) { return add_form(c, call.form_file); })
        ->add_option("file", call.form_file)
        ->required();
    declare_form_check(*form, call);
    declare_form_run(*form, call);
}

struct Example {
    const char* command;
    const char* lines;
};

constexpr std::array kExamples{
    Example{"init", "bordereau init --team \"Post 7\""},
    Example{"new", "audit=$(bordereau new grpa_walk)"},
    Example{"answer",
            "bordereau answer $audit w_shift=day w_duty_w=2 w_duty_m=5\n"
            "  bordereau answer $audit --file answers.tsv"},
    Example{"attach", "bordereau attach $audit photo room.jpg"},
    Example{"finalize", "bordereau finalize $audit"},
    Example{"review",
            "bordereau --person noor review $audit --comment \"w9=Which room?\" "
            "--return \"One question\""},
    Example{"list", "bordereau list --state approved --json"},
    Example{"report", "bordereau report scorecard --audience agency --out reports"},
    Example{"backup", "bordereau backup /media/amina/STICK/notebook.backup"},
    Example{"restore", "bordereau restore /media/amina/STICK/notebook.backup --into notebook"},
    Example{"admit",
            "bordereau admit asks.txt --name \"Post 8\" --role officer --output joins.txt"},
    Example{"join", "bordereau join --certificate joins.txt"},
    Example{"revoke", "bordereau revoke \"Post 8\" --reason \"Stolen on 3 May\""},
};

void give_examples(CLI::App& app) {
    for (const Example& each : kExamples)
        app.get_subcommand(each.command)->footer(std::string{"Example:\n  "} + each.lines);
    const auto of_bundles = app.get_subcommand("bundle");
    of_bundles->get_subcommand("export")->footer(
        "Examples:\n  bordereau bundle export /media/amina/STICK\n"
        "  bordereau bundle export --to office /media/amina/STICK");
    of_bundles->get_subcommand("import")->footer(
        "Example:\n  bordereau bundle import /media/amina/STICK");
    app.get_subcommand("form")->get_subcommand("add")->footer(
        "Its lists are read from the same folder.\nExample:\n  bordereau form add survey.xlsx");
    for (const char* group : {"bundle", "lan", "form"}) app.get_subcommand(group)->footer("");
}

void declare(CLI::App& app, Call& call, const WindowWork& window) {
    app.footer(kFooter);
    app.set_version_flag("--version", BORDEREAU_VERSION);
    app.fallthrough();
    app.add_option("--notebook", call.shared.notebook, "Folder of the notebook");
    app.add_option("--person", call.shared.person, "Who you are, else BORDEREAU_PERSON");
    app.add_option("--passphrase-file", call.shared.passphrase_file);
    app.add_flag("--json", call.shared.json, "Answer in JSON, for scripts");
    declare_notebook(app, call);
    declare_people(app, call);
    declare_backup(app, call);
    declare_upkeep(app, call);
    declare_recording(app, call);
    declare_copying(app, call);
    declare_files(app, call);
    declare_review(app, call);
    declare_travel(app, call);
    declare_members(app, call);
    declare_bundles(app, call);
    declare_reports(app, call);
    declare_forms(app, call);
    command(app, call, "tour", "A journey through the whole program, with pictures and reports",
            [&](const Console& c) { return window.tour(c, call.tour_folder); })
        ->add_option("--out", call.tour_folder, "Folder; must not exist");
    app.require_subcommand(0, 1);
    give_examples(app);
}

}  // namespace

int run(int argc, const char* const* argv, const WindowWork& window) {
    CLI::App app{kAbout, "bordereau"};
    Call call;
    declare(app, call, window);
    if (const auto code = call::read(app, argc, argv)) return *code;
    if (!call.chosen) return static_cast<int>(window.open(call.shared));
    return static_cast<int>(call.chosen(Console{call.shared}));
}

}  // namespace bordereau::app::cli
