#include "tests/app/screens/samples.h"

#include <memory>

#include "app/media/qr.h"

namespace bordereau::test {

using namespace app;

std::string Samples::in(std::string_view en, std::string_view ar, std::string_view zh) const {
    if (language == text::Language::ar) return std::string(ar);
    if (language == text::Language::zh) return std::string(zh);
    return std::string(en);
}

AuditHeader Samples::header(AuditState state) const {
    AuditHeader header{{"a1"},
                       in("Morina crossing point", "نقطة عبور مورينا", "莫里纳过境点"),
                       in("Gender-responsive practice audit, version 2026.1",
                          "تدقيق الممارسات المراعية للمنظور الجنساني، الإصدار 2026.1",
                          "促进性别平等做法审计，版本 2026.1"),
                       state,
                       {Place::fill, Place::overview, Place::history}};
    if (state == AuditState::finalized) header.places = {Place::review, Place::history};
    return header;
}

std::vector<LanguageView> Samples::languages() const {
    std::vector<LanguageView> languages;
    for (const text::Language one : text::kLanguages)
        languages.push_back({std::string(text::tag_of(one)), std::string(text::own_name(one))});
    return languages;
}

std::vector<SectionView> Samples::sections() const {
    return {
        {in("A. Audit identification and consent", "أ. بيانات التدقيق والموافقة",
            "A. 审计基本信息与知情同意"),
         {18, 18},
         0,
         0},
        {in("B. Definition and policy basis", "ب. التعريف والأساس السياساتي", "B. 定义与政策依据"),
         {9, 12},
         1,
         1},
        {in("C. Key drivers", "ج. العوامل الدافعة الرئيسية", "C. 关键驱动因素"), {17, 17}, 0, 0},
        {in("D. Human resources and representation", "د. الموارد البشرية والتمثيل",
            "D. 人力资源与代表性"),
         {6, 20},
         0,
         0},
        {in("E. Services to migrants", "هـ. الخدمات المقدمة إلى المهاجرات والمهاجرين",
            "E. 面向移民的服务"),
         {0, 41},
         0,
         0},
        {in("F. Register of legislation, policies and practices",
            "و. سجل التشريعات والسياسات والممارسات", "F. 立法、政策与做法登记册"),
         {0, 4},
         0,
         0},
        {in("H. Obstacles", "ح. العقبات", "H. 障碍"), {2, 6}, 0, 0},
        {in("K. Evidence", "ك. الأدلة", "K. 证据材料"), {3, 3}, 0, 0},
        {in("L. Findings, recommendations and actions", "ل. الاستنتاجات والتوصيات والإجراءات",
            "L. 调查结果、建议与行动"),
         {0, 5},
         0,
         0},
        {in("M. Sign-off", "م. الاعتماد", "M. 签核"), {0, 6}, 0, 0},
    };
}

FrameView Samples::frame(Place place) const {
    FrameView view{.place = place,
                   .places = {{Place::home, 2},
                              {Place::sync, 0},
                              {Place::reports, 0},
                              {Place::forms, 0},
                              {Place::people, 0},
                              {Place::settings, 0}},
                   .person = in("Arben Hoxha", "أربن هوجا", "阿尔本·霍查"),
                   .role = "officer",
                   .team = in("Kukës border region", "منطقة كوكس الحدودية", "库克斯边境区"),
                   .sync = SyncState::waiting,
                   .sync_line = in("3 changes waiting, last contact 10:42",
                                   "3 تغييرات في الانتظار، آخر اتصال 10:42",
                                   "3 项更改等待同步，上次联系 10:42")};
    if (place == Place::overview || place == Place::fill || place == Place::review ||
        place == Place::history || place == Place::conflicts)
        view.place = Place::home;
    return view;
}

FirstRunView Samples::first_run() const {
    return {languages(), std::string(text::tag_of(language)), 8, "", false};
}

UnlockView Samples::unlock() const {
    const FrameView around = frame(Place::home);
    return {{around.person, in("Mira Kovac", "ميرا كوفاتش", "米拉·科瓦奇")},
            languages(),
            std::string(text::tag_of(language)),
            around.team,
            "",
            false};
}

FillView Samples::fill() const {
    FillView view{.header = header(AuditState::returned)};
    view.saved = in("Saved 10:42", "حُفظ 10:42", "已保存 10:42");
    view.sections = sections();
    view.section = 1;
    view.questions = questions();
    view.languages = {{"en", "English"}, {"ar", "العربية"}, {"zh", "中文"}};
    view.language = text::tag_of(language);
    view.today = {2026, 3, 20};
    view.show_missing = true;
    return view;
}

ConflictsView Samples::conflicts() const {
    ConflictsView view{.header = header(AuditState::returned)};
    view.header.places.push_back(Place::conflicts);
    view.can_decide = true;
    view.today = {2026, 3, 20};
    ConflictView staff;
    staff.section = sections()[3].title;
    staff.question.key = "/grpa_main/d_hr/d_w";
    staff.question.label = in("Women in post: officers", "نساء في الخدمة: ضباط", "在职女性：官员");
    staff.question.control = Control::integer;
    staff.question.value = "14";
    const std::string arben = frame(Place::home).person;
    const std::string mira = in("Mira Kovac", "ميرا كوفاتش", "米拉·科瓦奇");
    staff.sides = {{"a", "14", "14", false, arben, "10:42", "laptop-7", true},
                   {"b", "12", "12", false, mira, "10:31", "laptop-2", false}};
    ConflictView entry;
    entry.question.kind = RowKind::instance;
    entry.question.key = "/grpa_main/l_fin/l_item[k7]";
    entry.question.label = in("Finding 2", "الاستنتاج 2", "发现 2");
    entry.sides = {{"c", "", "", true, mira, "11:05", "laptop-2", true},
                   {"d", "2", "2", false, arben, "10:58", "laptop-7", false}};
    view.conflicts = {staff, entry};
    return view;
}

OverviewView Samples::overview() const {
    OverviewView view{.header = header(AuditState::returned)};
    view.progress = {55, 132};
    view.sections = sections();
    for (const QuestionView& question : questions())
        if (question.problem != AnswerProblem::none)
            view.problems.push_back({question.key, sections()[1].title, question.number,
                                     question.label, question.problem, question.message});
    view.checks = {{"X2",
                    in("Definition rated as applied, yet under half of the staff asked could "
                       "explain it.",
                       "قُيِّم التعريف بأنه مطبَّق، لكن أقل من نصف الموظفين استطاعوا شرحه.",
                       "定义评为“已落实”，但能解释的受访员工不足一半。"),
                    "b1", ""}};
    return view;
}

ScoresView Samples::scores() const {
    const auto title = [&](int i) {
        static constexpr const char* kEn[] = {"Definition and policy basis",
                                              "Leadership and accountability",
                                              "Strategic planning",
                                              "Resources and capacity",
                                              "Common understanding",
                                              "Organisational structure",
                                              "Human resources and representation",
                                              "Data on people served",
                                              "Border procedures and protection",
                                              "Law, policy and partnerships"};
        static constexpr const char* kAr[] = {"التعريف والأساس السياساتي",
                                              "القيادة والمساءلة",
                                              "التخطيط الاستراتيجي",
                                              "الموارد والقدرات",
                                              "الفهم المشترك",
                                              "الهيكل التنظيمي",
                                              "الموارد البشرية والتمثيل",
                                              "البيانات المتعلقة بمتلقي الخدمات",
                                              "الإجراءات الحدودية والحماية",
                                              "القوانين والسياسات والشراكات"};
        static constexpr const char* kZh[] = {"定义与政策依据",   "领导力与问责",
                                              "战略规划",         "资源与能力",
                                              "共同认识",         "组织结构",
                                              "人力资源与代表性", "服务对象数据",
                                              "边境程序与保护",   "法律、政策与伙伴关系"};
        return in(kEn[i], kAr[i], kZh[i]);
    };
    ScoresView view;
    view.rows = {
        {"P1", title(0), ScoreState::rated, 2.0, 2.0, 2.0, 2.0, 2, "2.00 [2.00–2.00]", "100 %"},
        {"P2", title(1), ScoreState::rated, 1.33, 1.33, 1.33, 1.33, 1, "1.33 [1.33–1.33]", "100 %"},
        {"P3", title(2), ScoreState::insufficient, 1.33, 1.33, 0.4, 3.2, 1, "1.33 [0.40–3.20]",
         "33 %"},
        {"P6", title(5), ScoreState::rated, 2.0, 1.67, 2.0, 2.0, 2, "1.67 [2.00–2.00]", "100 %"},
        {"P7", title(6), ScoreState::rated, 1.59, 1.46, 1.59, 1.59, 1, "1.46 [1.59–1.59]", "100 %"},
        {"P8", title(7), ScoreState::not_applicable, 0, 0, 0, 0, 0, "", ""},
        {"P9", title(8), ScoreState::rated, 1.82, 1.82, 1.69, 1.98, 2, "1.82 [1.69–1.98]", "92 %"},
        {"P10", title(9), ScoreState::rated, 3.67, 3.2, 3.1, 3.9, 3, "3.20 [3.10–3.90]", "92 %"}};
    view.rows[4].critical = {in("31. Do women and men share the posts with night duty?",
                                "31. هل تتوزع مناصب المناوبة الليلية بين النساء والرجال؟",
                                "31. 夜间值勤岗位是否由男女共同承担？")};
    view.rows[6].critical = {in("54. Is there a place to speak in private?",
                                "54. هل يوجد مكان للحديث على انفراد؟",
                                "54. 是否有可以私下谈话的地方？")};
    view.declared_index = 44;
    view.verified_index = 43;
    view.index_note =
        in("10 of 10 dimensions rated.", "10 من 10 أبعاد مقيَّمة.", "10 个维度均已评级。");
    return view;
}

ReviewView Samples::review() const {
    ReviewView view{.header = header(AuditState::finalized)};
    view.auditor = frame(Place::home).person;
    view.finalized = in("19 March 2026, 16:30", "19 مارس 2026، 16:30", "2026年3月19日 16:30");
    view.sections = sections();
    view.section = 1;
    view.questions = questions();
    view.checks = overview().checks;
    const std::string policy = in("5. How far does a policy govern equality among the staff?",
                                  "5. إلى أي مدى تنظم سياسة المساواة بين الموظفين؟",
                                  "5. 政策在多大程度上规范工作人员之间的平等？");
    view.evidence = {
        {"k1", in("Order 12/2024 (PDF)", "الأمر 12/2024", "第12/2024号令"),
         policy + "\n" +
             in("6. How far is it put into practice?", "6. إلى أي مدى تُطبَّق؟", "6. 落实程度如何？"),
         Verdict::accepted},
        {"k2", in("Duty roster, February", "جدول المناوبات، فبراير", "二月值班表"), policy,
         Verdict::open}};
    for (const char* item :
         {"consent", "free_text", "photos", "figures", "evidence", "gaps", "checks", "limits"})
        view.list.push_back({item, view.list.size() < 3});
    view.scores = scores();
    view.can_comment = view.can_judge = view.can_return = view.can_reject = true;
    view.why_not = in("Tick the review list before approving.", "أكمل قائمة المراجعة قبل الاعتماد.",
                      "批准前请完成审核清单。");
    return view;
}

HomeView Samples::home() const {
    HomeView view;
    const std::string form = header(AuditState::draft).form;
    const std::string person = frame(Place::home).person;
    const auto row = [&](const std::string& id, std::string unit, AuditState state, int done,
                         int comments) {
        const bool open = state == AuditState::draft || state == AuditState::returned;
        view.rows.push_back({{id},
                             "GRPA-ALB-5c3e90" + id,
                             form,
                             std::move(unit),
                             state,
                             person,
                             in("Today, 10:42", "اليوم، 10:42", "今天 10:42"),
                             open ? ProgressView{done, 132} : ProgressView{},
                             comments,
                             state != AuditState::approved});
    };
    row("a1", header(AuditState::draft).title, AuditState::returned, 118, 2);
    row("a2", in("Kapshticë crossing point", "نقطة عبور كابشتيتسا", "卡普什蒂察过境点"),
        AuditState::draft, 41, 0);
    row("a3", in("Rinas airport", "مطار ريناس", "里纳斯机场"), AuditState::finalized, 132, 0);
    row("a4", in("Durrës port", "ميناء دورس", "都拉斯港"), AuditState::approved, 132, 0);
    row("a5",
        in("Hani i Hotit crossing point, night shift and lorry terminal",
           "نقطة عبور هاني هوتيت، المناوبة الليلية", "哈尼霍蒂特过境点夜班及货运站"),
        AuditState::rejected, 97, 0);
    view.in_all = 5;
    view.filters = {
        {"draft", 1}, {"returned", 1}, {"finalized", 1}, {"approved", 1}, {"rejected", 1}};
    view.needs = {{Tone::warning,
                   in("Morina crossing point was returned with 2 comments",
                      "أُعيدت نقطة عبور مورينا مع تعليقين", "莫里纳过境点审计被退回，附 2 条意见"),
                   {"a1"},
                   Place::home}};
    view.forms = {
        {{"grpa_main"},
         "2026.1",
         in("Main audit", "التدقيق الرئيسي", "主审计"),
         in("139 questions, version 2026.1", "139 سؤالا، الإصدار 2026.1",
            "139 个问题，版本 2026.1")},
        {{"grpa_walk"},
         "2026.1",
         in("Border crossing point walk-through", "جولة تفقدية في نقطة العبور الحدودية",
            "过境点现场巡查"),
         in("29 questions, version 2026.1", "29 سؤالا، الإصدار 2026.1", "29 个问题，版本 2026.1")}};
    return view;
}

SyncView Samples::sync() const {
    SyncView view;
    view.state = SyncState::waiting;
    view.endpoint = "https://sync.example.org:8443";
    view.last_contact = in("Today, 10:42", "اليوم، 10:42", "今天 10:42");
    view.next_try = in("when a network returns", "عند عودة الشبكة", "网络恢复时");
    view.waiting = 3;
    view.sent = 128;
    view.received = 17;
    view.log = {
        {in("Today, 10:42", "اليوم، 10:42", "今天 10:42"), in("endpoint", "الخادم", "服务器"),
         SyncDirection::acknowledged, Tone::good,
         in("Audit of Durrës port: 2 batches of changes", "تدقيق ميناء دورس: دفعتا تغييرات",
            "都拉斯港审计：2 批更改")},
        {in("Today, 10:42", "اليوم، 10:42", "今天 10:42"), in("USB stick", "ذاكرة USB", "U 盘"),
         SyncDirection::refused, Tone::warning,
         in("Audit of Durrës port: 1 file (1.2 MB). The file arrived damaged and is fetched again.",
            "تدقيق ميناء دورس: ملف واحد (1.2 ميغابايت). وصل الملف تالفا وسيُجلب من جديد.",
            "都拉斯港审计：1 个文件（1.2 MB）。文件到达时已损坏，将重新获取。")},
        {in("Today, 10:41", "اليوم، 10:41", "今天 10:41"),
         {},
         SyncDirection::note,
         Tone::warning,
         in("The endpoint did not answer; tried again after 20 s",
            "لم يستجب الخادم؛ أُعيدت المحاولة بعد 20 ثانية", "端点无应答；20 秒后重试")}};
    view.can_sync = view.can_join = view.can_pause = view.can_carry = true;
    view.share = 0.4f;
    view.remaining = in("1.2 MB left, about 10 seconds", "بقي 1.2 ميغابايت، نحو 10 ثوان",
                        "剩余 1.2 MB，约 10 秒");
    view.travel.speeds = {
        {in("no limit", "بلا حد", "不限"), 0},
        {in("8 kB a second", "8 كيلوبايت في الثانية", "每秒 8 kB"), 8'000},
        {in("32 kB a second", "32 كيلوبايت في الثانية", "每秒 32 kB"), 32'000},
        {in("128 kB a second", "128 كيلوبايت في الثانية", "每秒 128 kB"), 128'000}};
    view.travel.proxy_kind = ProxyKind::own;
    view.travel.proxy = "http://proxy.agency.example:3128";
    view.more_log = true;
    view.looking_nearby = true;
    view.nearby = {"192.168.1.5:8644"};
    view.door = in("The door is open until 11:10. Address for the other laptop: 192.168.1.7:8644",
                   "الباب مفتوح حتى 11:10. العنوان للحاسوب الآخر: 192.168.1.7:8644",
                   "门开放至 11:10。供另一台电脑使用的地址：192.168.1.7:8644");
    view.guests = {
        in("post exchanged at 11:04. Batches of changes received from there: 2, given: 3",
           "المركز: تبادل في 11:04. دفعات التغييرات المستلمة: 2، المُسلَّمة: 3",
           "口岸 于 11:04 完成交换。收到的更改批次：2，交出：3")};
    return view;
}

ReportsView Samples::reports() const {
    ReportsView view;
    view.reports = {{"submission",
                     false,
                     {in("No approved audit of Azerbaijan.", "لا يوجد تدقيق معتمد لأذربيجان.",
                         "阿塞拜疆没有已批准的审计。"),
                      in("Two register entries are incomplete.", "مدخلان في السجل غير مكتملين.",
                         "两项登记条目不完整。")}},
                    {"scorecard", true, {}},
                    {"csv", true, {}}};
    view.audiences = {"team", "agency", "public"};
    view.units = {{"a1", in("Durrës port", "ميناء دورس", "都拉斯港"),
                   in("20 March 2026", "20 مارس 2026", "2026年3月20日"), 62, 71},
                  {"a2", in("Northern road post", "المركز البري الشمالي", "北部公路口岸"),
                   in("2 March 2026", "2 مارس 2026", "2026年3月2日"), std::nullopt, std::nullopt}};
    view.further_units = 3;
    view.made = {{in("Agency scorecard", "بطاقة أداء الجهاز", "机构评分卡"),
                  in("Today, 11:05", "اليوم، 11:05", "今天 11:05"), "team",
                  "/home/officer/Bordereau/reports/scorecard-2026-03-20.html"}};
    view.basis = in("4 approved audits of 3 units.", "4 عمليات تدقيق معتمدة لـ3 وحدات.",
                    "3 个单位的 4 份已批准审计。");
    return view;
}

FormsView Samples::forms() const {
    FormsView view;
    view.forms = {
        {{"grpa_main"},
         in("Main audit", "التدقيق الرئيسي", "主审计"),
         "2026.1",
         139,
         "English, Français (96 %), العربية (80 %)",
         true,
         {}},
        {{"visa_desk"},
         "visa_desk.xlsx",
         "3",
         12,
         "English",
         false,
         {{Tone::error, "survey, row 12, column relevant",
           "The expression ${a_level = 'bcp' misses a closing brace."},
          {Tone::warning, "choices, row 4", "The value \"other\" occurs twice in yesno."}}}};
    view.forms[0].begins = view.can_add = true;
    return view;
}

LaptopsView Samples::laptops() const {
    LaptopsView view;
    const UnlockView who = unlock();
    const std::string since = in("2 March 2026", "2 مارس 2026", "2026年3月2日");
    view.team = frame(Place::people).team;
    view.laptops = {{"5cb1", who.people[1], "role.administrator", since, "", true},
                    {"a77e", who.people[0], "role.officer", since, "", false, false, true}};
    view.laptops[0].number = "5cb10f3e";
    view.laptops[1].number = "a77e92d4";
    view.laptops[1].heard =
        in("20 March 2026, 09:12", "20 مارس 2026، 09:12", "2026年3月20日 09:12");
    view.roles = {"officer", "supervisor", "administrator"};
    view.can_admit = true;
    view.camera = true;
    const std::string code = "7QX2M-K4T9B-W3HNC-5R8VD-1YJ6P-0FZSG-EA7QX-2MK4T";
    if (const auto symbol = media::qr_symbol(code))
        view.own = {code, who.people[0], media::qr_picture(*symbol, 4), "/media/STICK/asks.txt"};
    view.answer = view.own;
    return view;
}

PeopleView Samples::people() const {
    PeopleView view;
    const UnlockView who = unlock();
    view.people = {
        {who.people[0], {"officer"}, in("2 March 2026", "2 مارس 2026", "2026年3月2日"), true},
        {who.people[1],
         {"supervisor", "administrator"},
         in("1 March 2026", "1 مارس 2026", "2026年3月1日"),
         false,
         true}};
    view.can_make_recovery_key = true;
    view.recovery_path = "/run/user/1000/bordereau-recovery-key.html";
    view.roles = {"officer", "supervisor", "administrator"};
    view.can_add = true;
    view.laptops = laptops();
    return view;
}

SettingsView Samples::settings() const {
    SettingsView view;
    view.languages = languages();
    view.language = text::tag_of(language);
    view.text_sizes = {80, 100, 120, 150, 200};
    view.themes.assign(widgets::kThemeNames.begin(), widgets::kThemeNames.end());
    view.theme = "light";
    view.lock_choices = {1, 2, 5, 10, 15, 30};
    view.can_back_up = true;
    view.version = "0.1.0";
    view.notebook = "/home/officer/.local/share/bordereau";
    return view;
}

HistoryView Samples::history() const {
    HistoryView view{.header = header(AuditState::returned)};
    const std::string when =
        in("20 March 2026, 09:12", "20 مارس 2026، 09:12", "2026年3月20日 09:12");
    const UnlockView who = unlock();
    view.in_all = 3;
    view.rows = {
        {"h3", who.people[1], when, in("Returned for correction", "أُعيد للتصحيح", "退回修改"), "",
         "", ""},
        {"h2", who.people[0], when, "24  " + questions()[2].label, "b1",
         in("1 Initial", "1 أولي", "1 初始"), in("2 Formalised", "2 معتمد رسميا", "2 已正式规定")},
        {"h1", "", when, "19  " + questions()[0].label, "b_where", "",
         in("In a written policy", "في سياسة مكتوبة", "书面政策")}};
    return view;
}

}  // namespace bordereau::test
