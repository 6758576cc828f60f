#include "app/endpoint/options.h"

#include <charconv>
#include <map>

#include "app/call/wrong_call.h"

namespace bordereau::app::endpoint {
namespace {

constexpr int kMaxPort = 65535, kMaxHours = 24 * 365, kMaxDays = 3650, kMaxGrace = 3600;
constexpr std::size_t kLeastBodies = 4, kMostBodies = 65536;

constexpr const char* kExamples = R"(Examples:
  bordereau-endpoint create --data /var/lib/bordereau --agency "Border Guard" --team "Post North"
  bordereau-endpoint serve --data /var/lib/bordereau
  bordereau-endpoint serve --data /var/lib/bordereau --listen 0.0.0.0:443 --cert c.pem --key k.pem
  BORDEREAU_STORE=postgresql://bordereau@db.example.org/bordereau?sslmode=verify-full \
    bordereau-endpoint serve --data /var/lib/bordereau --key-file /etc/bordereau/endpoint.key
  bordereau-endpoint invite --data /var/lib/bordereau --team "Post North" --url https://sync.example.org
  bordereau-endpoint list --data /var/lib/bordereau --json

Exit codes: 0 done; 1 not done, or not all of it, and standard error says why; 2 wrong call, nothing
was done.)";

// "host:port", "[v6]:port" or ":port"; otherwise what is wrong with it.
std::string read_address(const std::string& text, std::string& host, int& port) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos) return "give host:port";
    std::string given = text.substr(0, colon);
    if (given.size() > 2 && given.front() == '[' && given.back() == ']')
        given = given.substr(1, given.size() - 2);
    if (!given.empty()) host = given;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data() + colon + 1, end, port);
    if (read.ec != std::errc{} || read.ptr != end || port < 0 || port > kMaxPort)
        return "the port must be a number from 0 to 65535";
    return {};
}

std::string fault_in_address(const std::string& text) {
    std::string host;
    int port = 0;
    return read_address(text, host, port);
}

// Everything that options write into. Lives as long as the parser does.
struct Asked {
    Serve serve;
    std::string listen, watch;
    Create create;
    StatusToken status_token;
    Invite invite;
    List list;
    Show show;
    Export export_;
    Import import;
    Revoke revoke;
    Verify verify;
    Move move;
    Backup backup;
    Restore restore;
    ChangeKey change_key;
};

CLI::App* subcommand(CLI::App& app, const char* name, const char* what, Place& place) {
    CLI::App* command = app.add_subcommand(name, what);
    command->add_option("--data", place.folder, "Folder in which everything is kept")->required();
    command
        ->add_option(
            "--store", place.store,
            "PostgreSQL database that several endpoints share, as postgresql://user@host/db;"
            " then --data holds only a copy of it, and the key")
        ->envname("BORDEREAU_STORE");
    command->add_option("--key-file", place.key_file,
                        "Key with which everything is sealed (default: endpoint.key in --data)");
    return command;
}

void add_files(CLI::App& command, Place& place) {
    command.add_option("--files", place.files,
                       "Folder in which attached files are kept, for example on a disk that several"
                       " endpoints share (default: files in --data)");
}

void add_limits(CLI::App& command, Serve& serve) {
    AskingLimits& limits = serve.front.limits;
    command.add_option("--limit-device", limits.device, "Requests a minute of one device; 0: any")
        ->capture_default_str();
    command
        .add_option("--limit-address", limits.address, "Requests a minute from one address; 0: any")
        ->capture_default_str();
    command
        .add_option("--limit-attempts", limits.attempts,
                    "Failed attempts to join or log in, a minute from one address; 0: any")
        ->capture_default_str();
    command
        .add_option("--body-memory", serve.body_megabytes,
                    "MB for all requests under way; beyond it they are told to come back")
        ->capture_default_str()
        ->check(CLI::Range(kLeastBodies, kMostBodies));
}

void add_serve(CLI::App& app, Serve& serve, std::string& listen, std::string& watch) {
    CLI::App* command = subcommand(app, "serve", "Answer devices until told to stop", serve.data);
    command
        ->add_option("--listen", listen,
                     "Address as host:port; port 0 takes a free one (default 127.0.0.1:8643)")
        ->check(fault_in_address);
    add_files(*command, serve.data);
    CLI::Option* certificate =
        command->add_option("--cert", serve.certificate, "TLS certificate chain, PEM");
    CLI::Option* key = command->add_option("--key", serve.key, "TLS private key, PEM");
    certificate->needs(key)->check(CLI::ExistingFile);
    key->needs(certificate)->check(CLI::ExistingFile);
    command
        ->add_option("--admin-listen", watch,
                     "Address for /metrics and /status; without it --listen has them. Either way "
                     "they are for this machine itself, and for bearers of the status token")
        ->check(fault_in_address);
    command->add_flag("--behind-proxy", serve.front.behind_proxy,
                      "A reverse proxy on this machine passes requests on: limits count what it "
                      "says in X-Forwarded-For");
    add_limits(*command, serve);
    const std::map<std::string, LogLevel> levels{{"quiet", LogLevel::quiet},
                                                 {"error", LogLevel::error},
                                                 {"info", LogLevel::info},
                                                 {"debug", LogLevel::debug}};
    command->add_option("--log", serve.log, "quiet, error, info or debug; to standard error")
        ->transform(call::one_of(levels))
        ->option_text("LEVEL");
    command
        ->add_option("--grace", serve.grace_seconds,
                     "Seconds for what is under way when told to stop")
        ->capture_default_str()
        ->check(CLI::Range(0, kMaxGrace));
}

void add_founding(CLI::App& app, Create& create, StatusToken& token) {
    CLI::App* command = subcommand(app, "create", "Name the agency, found teams", create.data);
    command->add_option("--agency", create.agency, "Its name, for the status page");
    command->add_option("--team", create.teams, "Name of a team; several may be given");
    CLI::App* making =
        subcommand(app, "status-token",
                   "Print a new token for the status page; the one before ends", token.data);
    making->add_option("--days", token.days, "Days until it expires")
        ->capture_default_str()
        ->check(CLI::Range(1, kMaxDays));
}

void add_invite(CLI::App& app, Invite& invite) {
    CLI::App* command =
        subcommand(app, "invite", "Print a code by which one device joins a team", invite.data);
    command->add_option("--team", invite.team, "Name of a team that create has founded")
        ->required();
    const std::map<std::string, storage::Role> roles{
        {"officer", storage::Role::officer},
        {"supervisor", storage::Role::supervisor},
        {"administrator", storage::Role::administrator}};
    command->add_option("--role", invite.role, "officer, supervisor or administrator")
        ->transform(call::one_of(roles))
        ->option_text("ROLE");
    command->add_option("--url", invite.url, "Address at which devices reach this endpoint")
        ->capture_default_str();
    command->add_option("--hours", invite.hours, "Hours until it expires")
        ->capture_default_str()
        ->check(CLI::Range(1, kMaxHours));
    command
        ->add_option("--pin", invite.pinned, "Certificate whose key devices shall insist on, PEM")
        ->check(CLI::ExistingFile);
    command->add_option("--picture", invite.picture, "PNG to write with the code as a QR picture");
}

void add_wait(CLI::App& command, int& seconds) {
    command
        .add_option("--wait", seconds,
                    "Seconds in which a running endpoint may read in what has come to it")
        ->check(CLI::NonNegativeNumber)
        ->capture_default_str();
}

void add_carrying(CLI::App& app, Asked& asked) {
    Export& options = asked.export_;
    CLI::App* exporting =
        subcommand(app, "export", "All answers of all audits as CSV, or a bundle", options.data);
    add_files(*exporting, options.data);
    add_wait(*exporting, options.wait_seconds);
    CLI::Option* file =
        exporting->add_option("--out", options.file, "File; standard output where not given");
    CLI::Option* team = exporting->add_option("--team", options.team, "Team of the bundle");
    CLI::Option* bundle = exporting->add_option(
        "--bundle", options.bundle, "Instead: a bundle for a USB stick; a file or a folder");
    bundle->needs(team)->excludes(file);
    exporting
        ->add_option("--attached", options.attached,
                     "As well: folder into which attached files are written, in one for each audit")
        ->excludes(bundle);
    team->needs(bundle);
    exporting->add_option("--part-size", options.part_size, "Largest file, for example 2GB")
        ->transform(CLI::AsSizeValue(false))
        ->needs(bundle);
    CLI::App* importing =
        subcommand(app, "import", "Take in bundles from a USB stick", asked.import.data);
    add_files(*importing, asked.import.data);
    importing->add_option("path", asked.import.places, "Files, or folders of sticks")->required();
}

void add_reading(CLI::App& app, Asked& asked) {
    CLI::App* list = subcommand(app, "list", "Teams, devices and audits", asked.list.data);
    list->add_flag("--json", asked.list.json, "For scripts");
    add_wait(*list, asked.list.wait_seconds);
    const std::map<std::string, Listed> kinds{
        {"teams", Listed::teams}, {"devices", Listed::devices}, {"audits", Listed::audits}};
    list->add_option("--only", asked.list.what, "teams, devices or audits")
        ->transform(call::one_of(kinds))
        ->option_text("WHAT");
    CLI::App* show = subcommand(app, "show", "One audit with its answers", asked.show.data);
    show->add_option("audit", asked.show.audit.text, "Identifier, as list prints it")->required();
    show->add_flag("--json", asked.show.json, "For scripts");
    add_wait(*show, asked.show.wait_seconds);
    add_carrying(app, asked);
    CLI::App* revoke = subcommand(app, "revoke", "Shut a device out", asked.revoke.data);
    revoke
        ->add_option("device", asked.revoke.device,
                     "Its number as list prints it, the first four or more digits, or its name")
        ->required();
    revoke->add_option("--reason", asked.revoke.reason, "Kept with the membership, for its team");
    subcommand(app, "verify", "Check every signature and every chain", asked.verify.data);
    subcommand(app, "move", "Bring what --data holds into the empty database of --store, once",
               asked.move.data)
        ->get_option("--store")
        ->required();
}

void add_keeping(CLI::App& app, Asked& asked) {
    CLI::App* backup = subcommand(
        app, "backup", "Everything in --data as one file, while it serves", asked.backup.data);
    add_files(*backup, asked.backup.data);
    backup
        ->add_option("--to", asked.backup.file,
                     "File; nobody reads it without the key file, which is not in it")
        ->required();
    backup->add_flag("--replace", asked.backup.replace,
                     "Write over an earlier backup of that name");
    CLI::App* restore =
        subcommand(app, "restore", "An endpoint out of a backup, in --data", asked.restore.data);
    restore->add_option("--from", asked.restore.file, "File that backup made")
        ->required()
        ->check(CLI::ExistingFile);
    restore->get_option("--key-file")->required();
    subcommand(app, "change-key",
               "A new key file, and everything under it; the endpoint is stopped",
               asked.change_key.data);
}

Command asked_for(const CLI::App& app, Asked&& asked) {
    const std::string name = app.get_subcommands().front()->get_name();
    if (name == "serve") {
        if (!asked.listen.empty()) read_address(asked.listen, asked.serve.host, asked.serve.port);
        if (!asked.watch.empty()) {
            asked.serve.watch_host = "127.0.0.1";
            read_address(asked.watch, asked.serve.watch_host, asked.serve.watch_port);
        }
        return std::move(asked.serve);
    }
    if (name == "create") return std::move(asked.create);
    if (name == "status-token") return std::move(asked.status_token);
    if (name == "invite") return std::move(asked.invite);
    if (name == "list") return std::move(asked.list);
    if (name == "show") return std::move(asked.show);
    if (name == "revoke") return std::move(asked.revoke);
    if (name == "verify") return std::move(asked.verify);
    if (name == "move") return std::move(asked.move);
    if (name == "backup") return std::move(asked.backup);
    if (name == "restore") return std::move(asked.restore);
    if (name == "change-key") return std::move(asked.change_key);
    if (name == "import") return std::move(asked.import);
    return std::move(asked.export_);
}

}  // namespace

std::variant<Command, int> parse_options(int argc, const char* const* argv) {
    CLI::App app{"The central side of Bordereau: takes in what devices recorded.",
                 "bordereau-endpoint"};
    app.set_version_flag("--version", BORDEREAU_VERSION);
    app.require_subcommand(1);
    app.footer(kExamples);
    Asked asked;
    add_serve(app, asked.serve, asked.listen, asked.watch);
    add_founding(app, asked.create, asked.status_token);
    add_invite(app, asked.invite);
    add_reading(app, asked);
    add_keeping(app, asked);
    if (const auto code = call::read(app, argc, argv)) return *code;
    return asked_for(app, std::move(asked));
}

}  // namespace bordereau::app::endpoint
