#include "tests/sync/simulation/travel.h"

#include "storage/base/text.h"
#include "storage/outbox.h"
#include "sync/serve/answering.h"
#include "tests/sync/simulation/contradiction.h"
#include "tests/sync/simulation/members.h"

namespace bordereau::simulation {
namespace {

using storage::Notebook;
using storage::VersionVector;

constexpr std::size_t kMostUnderWay = 30;
constexpr std::int64_t kMostRequests = 60;

std::string key_of(World& world, Place place) {
    return place.kind == Place::Kind::endpoint
               ? world.endpoints[place.at]->store().key().public_key()
               : world.laptops[place.at]->notebook().device_key().public_key();
}

const std::string& name_of(World& world, Place place) {
    return place.kind == Place::Kind::endpoint ? world.endpoints[place.at]->name()
                                               : world.laptops[place.at]->name();
}

sync::Replica replica_towards(World& world, Notebook& notebook, Place with) {
    const std::string outbox = to_hex(key_of(world, with));
    if (with.kind == Place::Kind::endpoint) return sync::replica_of(notebook, outbox);
    return sync::replica_of(notebook, outbox, world.laptops[with.at]->notebook().device());
}

sync::Exchange exchange_with(World& world, Laptop& laptop, Place with) {
    Notebook& notebook = laptop.notebook();
    return {replica_towards(world, notebook, with),
            {notebook.team(), &notebook.device_key(), key_of(world, with)},
            notebook.clock(),
            notebook.entropy()};
}

std::optional<Place> someone_to_ask(World& world, const Laptop& laptop) {
    const Team& team = world.team_of(laptop);
    if (team.endpoint && (!world.plan.direct || world.dice.chance(60)))
        return Place{Place::Kind::endpoint, *team.endpoint};
    if (team.endpoint && !world.plan.direct) return std::nullopt;
    const auto awake = world.awake();
    const std::size_t other = awake[world.dice.roll(awake.size())];
    if (world.laptops[other].get() == &laptop) return std::nullopt;
    if (world.laptops[other]->team != laptop.team) return std::nullopt;
    return Place{Place::Kind::laptop, other};
}

bool awake(World& world, Place place) {
    return place.kind == Place::Kind::endpoint || world.laptops[place.at]->on();
}

bool timely(const sync::Moment& moment, Millis now) {
    const Millis tolerance = std::chrono::milliseconds{sync::kClockTolerance}.count();
    return moment.millis() <= now + tolerance && moment.millis() >= now - tolerance;
}

std::optional<sync::Refusal> refusal_for(Laptop& asked, const sync::ExchangeRequest& request,
                                         std::string_view bytes) {
    Notebook& notebook = asked.notebook();
    if (request.team != notebook.team()) return sync::Refusal::not_a_member;
    const auto admission = need(
        storage::Admission::of(notebook.database(), notebook.team(), request.device), "members");
    const storage::Membership* member = admission.latest(request.device);
    if (member == nullptr || !member->counts_at(asked.now()) ||
        !sync::signed_by(bytes, member->public_key))
        return sync::Refusal::not_a_member;
    if (!timely(request.moment, asked.now())) return sync::Refusal::clock;
    return std::nullopt;
}

sync::Holdings holdings_for(World& world, Laptop& asked, const DeviceId& member) {
    const bool all = world.plan.flaw == Flaw::peer_tells_all;
    return sync::holdings_of(asked.notebook(), all ? asked.notebook().device() : member);
}

// What a laptop answers to another one of its team.
std::optional<std::string> answer_of(World& world, Laptop& asked, std::string_view bytes) {
    const auto request = sync::decode_request(bytes);
    if (!request) return std::nullopt;
    sync::Reply reply;
    if (const auto refusal = refusal_for(asked, *request, bytes)) {
        reply = sync::Refused{*refusal, asked.now() / 1000 * 1000};
    } else {
        auto made = sync::reply_to(*request, holdings_for(world, asked, request->device));
        if (!made) {
            insist(asked.disk_full && made.error().code == ErrorCode::full,
                   asked.name() + " cannot answer: " + made.error().detail);
            reply = sync::Refused{sync::Refusal::full, asked.now() / 1000 * 1000};
        } else {
            reply = *std::move(made);
        }
    }
    return sync::encode(reply, bytes, asked.notebook().device_key());
}

std::optional<std::string> answer_at(World& world, Place place, std::string_view request) {
    if (!awake(world, place)) return std::nullopt;
    if (place.kind == Place::Kind::laptop)
        return answer_of(world, *world.laptops[place.at], request);
    Endpoint& endpoint = *world.endpoints[place.at];
    const bool forgets = world.plan.flaw == Flaw::endpoint_forgets && world.dice.chance(20);
    const std::string before = forgets ? endpoint.image() : std::string{};
    sync::Answer answer = endpoint.answer("/v1/exchange", request);
    if (forgets) endpoint.fall_back_to(before, world.dice);
    return std::move(answer.body);
}

VersionVector acknowledged_by(World& world, Laptop& laptop, Place with) {
    return need(storage::Outbox{laptop.notebook(), to_hex(key_of(world, with))}.acknowledged(),
                "reading what was acknowledged");
}

// All that a laptop believes to be at its endpoint is there: in effect, or as evidence.
void insist_on_acknowledged(World& world, Laptop& laptop, Place with) {
    if (with.kind != Place::Kind::endpoint) return;
    storage::ChangesetStore& store = world.endpoints[with.at]->store();
    const TeamId& team = world.team_of(laptop).id;
    const VersionVector held = need(store.vector(team), "reading an endpoint's vector");
    const auto aside = need(store.quarantine(team), "reading an endpoint's quarantine");
    for (const auto& [chain, end] : acknowledged_by(world, laptop, with)) {
        const auto found = held.find(chain);
        if (found != held.end() && found->second.number >= end.number) continue;
        bool evident = false;
        for (const auto& one : aside) evident |= one.chain == chain && one.number == end.number;
        insist(evident, laptop.name() + " believes that the endpoint holds number " +
                            std::to_string(end.number) + " of " + chain.device.text + " in '" +
                            chain.lane.text + "', and it does not");
    }
}

void end_session(World& world, Laptop& laptop, const char* how) {
    world.tell(laptop.name() + " ends its exchange: " + how);
    laptop.session.reset();
}

// A failure that may end an exchange without being a fault of the program's: the other side does
// not know us, is full or failing, or mixed up messages led nowhere.
void allow(const Laptop& laptop, const Status& status) {
    const ErrorCode code = status.error().code;
    insist(code == ErrorCode::refused || code == ErrorCode::io || code == ErrorCode::full,
           laptop.name() + ": an exchange ended with " + status.error().detail);
}

void begin_session(World& world, Laptop& laptop) {
    const auto with = someone_to_ask(world, laptop);
    if (!with || !awake(world, *with)) return;
    if (world.dice.chance(70)) {
        const auto sealed = laptop.notebook().journal().seal_finished();
        insist(sealed.ok() || laptop.disk_full, "sealing before an exchange");
    }
    laptop.session.emplace(Session{++world.sessions, *with, exchange_with(world, laptop, *with)});
    while (world.dice.chance(30)) laptop.session->exchange.shrink();
    world.tell(laptop.name() + " begins exchange " + std::to_string(world.sessions) + " with " +
               name_of(world, *with));
}

void take(World& world, Laptop& laptop, const Post& post) {
    Session& session = *laptop.session;
    const auto reply = session.exchange.read(post.request, *post.reply);
    if (!reply) {
        if (world.dice.chance(50)) end_session(world, laptop, "that was no reply");
        return;
    }
    const Place with = session.with;
    const Status taken = session.exchange.take(post.request, *reply);
    const sync::Tally& tally = session.exchange.tally();
    world.tell(laptop.name() + " takes a reply: " + std::to_string(tally.sent) + " sent, " +
               std::to_string(tally.received) + " received");
    if (!taken) {
        allow(laptop, taken);
        end_session(world, laptop, taken.error().detail.c_str());
    }
    insist_on_acknowledged(world, laptop, with);
}

std::size_t any_post(World& world) {
    return world.dice.roll(world.under_way.size());
}

void damage(World& world, std::string& bytes) {
    if (bytes.empty() || world.dice.chance(20)) {
        bytes = "<html>Please log in to the hotel's network</html>";
    } else if (world.dice.chance(50)) {
        bytes.resize(world.dice.roll(bytes.size()));
    } else {
        char& byte = bytes[world.dice.roll(bytes.size())];
        byte = static_cast<char>(byte ^ (1 << world.dice.roll(8)));
    }
}

void post(World& world, Laptop& laptop, const std::string& request) {
    world.under_way.push_back({world.place_of(laptop), laptop.session->with, laptop.session->id,
                               request, request, std::nullopt});
}

}  // namespace

void ask(World& world, Laptop& laptop) {
    if (!laptop.session) return begin_session(world, laptop);
    if (world.under_way.size() >= kMostUnderWay) return;
    if (laptop.session->exchange.tally().requests > kMostRequests)
        return end_session(world, laptop, "too many requests");
    const auto request = laptop.session->exchange.next();
    need(request ? done() : Status{request.error()}, "asking");
    if (!*request) return end_session(world, laptop, "there is nothing left to say");
    post(world, laptop, **request);
    if (laptop.session->id % 2 != 0) return;
    laptop.session->exchange.prepare();
    const auto further = need(laptop.session->exchange.further(), "asking before the answer");
    if (further) post(world, laptop, *further);
}

void deliver(World& world) {
    if (world.under_way.empty()) return;
    const std::size_t at = world.plan.bad_network ? any_post(world) : 0;
    Post post = std::move(world.under_way[at]);
    world.under_way.erase(world.under_way.begin() + static_cast<std::ptrdiff_t>(at));
    if (!post.reply) {
        post.reply = answer_at(world, post.to, post.arriving);
        if (post.reply) world.under_way.push_back(std::move(post));
        return;
    }
    Laptop& laptop = *world.laptops[post.from];
    if (laptop.on() && laptop.session && laptop.session->id == post.session)
        take(world, laptop, post);
}

void disturb(World& world) {
    if (world.under_way.empty()) return;
    const std::size_t at = any_post(world);
    Post& post = world.under_way[at];
    if (world.plan.damage && world.dice.chance(40))
        return damage(world, post.reply ? *post.reply : post.arriving);
    if (!world.plan.bad_network) return;
    if (world.dice.chance(50) && world.under_way.size() < kMostUnderWay) {
        const Post again = post;
        world.under_way.push_back(again);
    } else {
        world.under_way.erase(world.under_way.begin() + static_cast<std::ptrdiff_t>(at));
    }
}

std::optional<std::int64_t> exchange_now(World& world, Laptop& laptop, Place with) {
    laptop.session.reset();
    sync::Exchange exchange = exchange_with(world, laptop, with);
    for (;;) {
        const auto request = need(exchange.next(), "asking");
        if (!request) break;
        insist(exchange.tally().requests < kMostRequests,
               laptop.name() + " does not come to an end of asking");
        const auto answer = answer_at(world, with, *request);
        insist(answer.has_value(), "a request that nobody reads");
        const auto reply = need(exchange.read(*request, *answer), "reading a reply");
        const Status taken = exchange.take(*request, reply);
        if (!taken && taken.error().code == ErrorCode::refused) return std::nullopt;
        need(taken, laptop.name() + " exchanging at rest");
    }
    insist_on_acknowledged(world, laptop, with);
    return exchange.tally().sent + exchange.tally().received;
}

}  // namespace bordereau::simulation
