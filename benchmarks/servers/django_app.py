"""Django REST framework: a view set and a serializer, as its tutorial has them, in one file."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.db import IntegrityError, connection, models, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.routers import SimpleRouter
from rest_framework.views import exception_handler

ORIGIN = "https://admin.internal.corp"


class Supplier(models.Model):
    """A stored supplier."""

    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)

    class Meta:
        """Its table."""

        app_label = "bench"
        db_table = "suppliers"


class Product(models.Model):
    """A stored product."""

    sku = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    unit_price = models.FloatField()
    inventory_count = models.IntegerField(default=0)
    category = models.CharField(max_length=80, null=True)
    condition = models.CharField(
        max_length=11, choices=[(name, name) for name in ("new", "used", "refurbished")]
    )
    supplier = models.ForeignKey(Supplier, on_delete=models.PROTECT)

    class Meta:
        """Its table."""

        app_label = "bench"
        db_table = "products"
        indexes = (models.Index(fields=["category", "id"], name="ix_products_category"),)


class SupplierSerializer(serializers.ModelSerializer[Supplier]):
    """A supplier on the wire."""

    class Meta:
        """Its fields."""

        model = Supplier
        fields = ("id", "name", "country")


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A product on the wire.

    The database tells whether a name is taken and whether there is such a supplier, as with the
    other servers: `UniqueValidator` and `PrimaryKeyRelatedField` would ask it before, each item.
    """

    sku = serializers.CharField(min_length=3, max_length=20)
    unit_price = serializers.FloatField(min_value=0.000001)
    inventory_count = serializers.IntegerField(min_value=0, default=0)
    supplier_id = serializers.IntegerField(min_value=1)

    class Meta:
        """Its fields."""

        model = Product
        fields = (
            *("id", "sku", "title", "unit_price", "inventory_count", "category", "condition"),
            "supplier_id",
        )


class ExpandedSerializer(ProductSerializer):
    """A product with its supplier."""

    supplier = SupplierSerializer(read_only=True)

    class Meta(ProductSerializer.Meta):
        """Its fields."""

        fields = (*ProductSerializer.Meta.fields, "supplier")


class Pages(CursorPagination):
    """Pages that are not counted, as those of the other servers."""

    page_size = 20
    max_page_size = 100
    page_size_query_param = "page_size"
    ordering = "id"


class ProductViewSet(viewsets.ModelViewSet[Product]):
    """The endpoints."""

    queryset = Product.objects.all()
    pagination_class = Pages

    def get_queryset(self) -> models.QuerySet[Product]:
        """Narrow and join as the query asks."""
        found = super().get_queryset()
        if category := self.request.query_params.get("category"):
            found = found.filter(category=category)
        if "expand" in self.request.query_params:
            found = found.select_related("supplier")
        return found

    def get_serializer_class(self) -> type[ProductSerializer]:
        """Choose what is answered."""
        return ExpandedSerializer if "expand" in self.request.query_params else ProductSerializer

    @action(detail=False, methods=["post"], url_path="bulk")
    def bulk(self, request: Request) -> Response:
        """Create many products."""
        serializer = ProductSerializer(data=request.data["items"], many=True, max_length=100)
        serializer.is_valid(raise_exception=True)
        with transaction.atomic():
            rows = Product.objects.bulk_create(
                [Product(**item) for item in serializer.validated_data]
            )
        answer = {"items": ProductSerializer(rows, many=True).data}
        return Response(answer, status=status.HTTP_201_CREATED)


def answer_conflicts(error: Exception, context: dict[str, object]) -> Response | None:
    """Answer a taken name or a missing supplier; the framework would make a 500 of it."""
    if isinstance(error, IntegrityError):
        return Response({"detail": "It conflicts with what is stored."}, status.HTTP_409_CONFLICT)
    return exception_handler(error, context)


def tag(answer: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Add the header of django-cors-headers with less work than it does, and a request id."""

    def tagged(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        response.headers["X-Request-Id"] = uuid.uuid4().hex
        if request.headers.get("Origin") == ORIGIN:
            response.headers["Access-Control-Allow-Origin"] = ORIGIN
            response.headers["Vary"] = "Origin"
        return response

    return tagged


router = SimpleRouter()
router.register("products", ProductViewSet)
urlpatterns = [path("v1/", include(router.urls))]


def create_tables() -> None:
    """Create them, without migrations."""
    with connection.schema_editor() as editor:
        for model in (Supplier, Product):
            editor.create_model(model)
