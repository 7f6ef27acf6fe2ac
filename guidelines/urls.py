from django.urls import path

from guidelines import views

app_name = "guidelines"
urlpatterns = [
    path("guidelines/", views.mine, name="mine"),
    path("guidelines/<int:guideline_id>/", views.read, name="read"),
    path("guidelines/receipts/<int:receipt_id>/", views.receipt, name="receipt"),
    path("guidelines/ask/", views.ask, name="ask"),
    path("guidelines/questions/", views.questions, name="questions"),
    path("guidelines/questions/<int:question_id>/", views.question, name="question"),
    path("guidelines/cases/", views.cases, name="cases"),
    path("guidelines/cases/<int:case_id>/<slug:how>/", views.case_act, name="case_act"),
    path("guidelines/poll/<int:poll_id>/", views.answer_poll, name="answer_poll"),
    path("guidelines/rehearsal/", views.rehearsals, name="rehearsals"),
    path("guidelines/rehearsal/<slug:key>/", views.rehearse, name="rehearse"),
    path("guidelines/receipts/<int:receipt_id>/receipt.pdf", views.receipt_pdf, name="receipt_pdf"),
    path("guidelines/desk/evidence/", views.packs, name="packs"),
    path("guidelines/desk/evidence/<int:pack_id>/", views.pack, name="pack"),
    path("guidelines/desk/evidence/<int:pack_id>/pack.zip", views.pack_file, name="pack_file"),
    path("guidelines/desk/", views.desk, name="desk"),
    path("guidelines/desk/polls/", views.polls, name="polls"),
    path("guidelines/desk/of/<int:guideline_id>/", views.coverage, name="coverage"),
    path("guidelines/desk/of/<int:guideline_id>/owing/", views.owing, name="owing"),
    path("guidelines/desk/of/<int:guideline_id>/sheet/", views.sheet, name="sheet"),
    path("guidelines/desk/of/<int:guideline_id>/coverage.csv", views.export, {"what": "coverage"}, name="coverage_csv"),
    path("guidelines/desk/of/<int:guideline_id>/owing.csv", views.export, {"what": "owing"}, name="owing_csv"),
    path("guidelines/desk/of/<int:guideline_id>/terms/", views.terms, name="terms"),
    path("guidelines/desk/of/<int:guideline_id>/compare/", views.compare, name="compare"),
    path("guidelines/desk/paper/<int:due_id>/", views.paper, name="paper"),
    path("guidelines/desk/new/", views.begin, name="begin"),
    path("guidelines/desk/<int:version_id>/", views.version, name="version"),
    path("guidelines/desk/<int:version_id>/preview/", views.preview, name="preview"),
    path("guidelines/desk/<int:version_id>/in/<slug:language>/", views.translate, name="translate"),
    path("guidelines/desk/<int:version_id>/situations/", views.situations, name="situations"),
    path("guidelines/desk/<int:version_id>/<slug:name>/", views.act, name="act"),
]
